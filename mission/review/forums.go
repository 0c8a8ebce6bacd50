package review

// forumRules are the rules on stewards, boards, units and their cadence.
var forumRules []*Rule
