package review

// measureRules are those on milestones that may breathe, and on measuring.
var measureRules = []*Rule{}
