//go:build unix

package meter

import (
	"syscall"
	"time"
)

// Processor returns the time that processors have spent on this process and in the system for it.
func Processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
