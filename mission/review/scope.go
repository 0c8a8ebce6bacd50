package review

// scopeRules are those on what a mission is, what belongs to it, and whether anything changed.
var scopeRules = []*Rule{}
