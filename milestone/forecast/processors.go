package forecast

import "runtime"

// processors is how many goroutines Go runs at once. Results do not depend on it.
func processors() int { return runtime.GOMAXPROCS(0) }
