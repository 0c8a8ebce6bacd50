package review

// grantRules are those on accounting officers, grants, pools and learning spaces as a register holds them.
var grantRules = []*Rule{}
