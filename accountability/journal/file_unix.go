//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package journal

import (
	"io/fs"
	"syscall"
)

const syncsFolders = true

// openLocked opens or creates a file for writing, and takes the lock that the system gives up with the process.
func openLocked(path string) (fd uintptr, err error) {
	var n int
	for {
		n, err = syscall.Open(path, syscall.O_RDWR|syscall.O_CREAT|syscall.O_CLOEXEC, 0o600)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		return 0, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	for {
		err = syscall.Flock(n, syscall.LOCK_EX|syscall.LOCK_NB)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		_ = syscall.Close(n)
		if err == syscall.EWOULDBLOCK {
			return 0, &LockedError{Path: path, Err: err}
		}
		return 0, &fs.PathError{Op: "flock", Path: path, Err: err}
	}
	return uintptr(n), nil
}
