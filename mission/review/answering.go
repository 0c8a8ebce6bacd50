package review

// answeringRules are the rules on who answers to whom.
var answeringRules []*Rule
