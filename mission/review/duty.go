package review

// dutyRules are those on posts, duties and accounts as a register holds them.
var dutyRules = []*Rule{}
