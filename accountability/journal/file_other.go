//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package journal

import "errors"

const syncsFolders = false

// openLocked refuses: a lock that outlives a killed process would leave the journal without a writer for good.
func openLocked(path string) (fd uintptr, err error) {
	return 0, &LockedError{Path: path, Err: errors.ErrUnsupported}
}
