package journal

import (
	"io/fs"
	"syscall"
)

const syncsFolders = false

// sharingViolation is ERROR_SHARING_VIOLATION of winerror.h.
const sharingViolation syscall.Errno = 32

// openLocked opens or creates a file for writing, so that others may open it for reading and not for writing until the
// process ends or closes it.
func openLocked(path string) (fd uintptr, err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return 0, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err == sharingViolation {
		return 0, &LockedError{Path: path, Err: err}
	}
	if err != nil {
		return 0, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return uintptr(h), nil
}
