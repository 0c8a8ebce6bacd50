package review

// memoryRules are those on consent, openness, time, trust, rewards, capability and memory.
var memoryRules = []*Rule{}
