//go:build !unix

package meter

import "time"

var started = time.Now()

// Processor returns wall time here, where processor time is not known.
func Processor() time.Duration { return time.Since(started) }
