package review

// webRules are those on who works with whom, and what leans on what.
var webRules = []*Rule{}
