package review

// moneyRules are the rules on spending reviews, settlements, pools and cuts.
var moneyRules []*Rule
