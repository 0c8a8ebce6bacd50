package review

// learningRules are the rules on trying, failing and learning.
var learningRules []*Rule
