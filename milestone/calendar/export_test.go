package calendar

// EasterSunday opens the computus to its oracle.
var EasterSunday = easterSunday
