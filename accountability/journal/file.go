package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// file makes an [os.File] a [Storage]. This file is the only one of the package that touches the file system.
type file struct{ *os.File }

func (f file) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// OpenFile does as [Open] with the file at path, which it creates, for its owner alone to read and write, where there is
// none. The file is locked while the journal is open: a second writer, in this process or another on the same machine,
// is refused with a [*LockedError]. The lock ends with the process, however that ends. [Journal.Close] gives it up.
//
// On Unix the lock is flock, which the writers of this package heed and other programs need not; on Windows the file is
// opened so that nobody else can open it for writing. Other systems have no writer.
func OpenFile(ctx context.Context, path string, o Options) (*Journal, Report, error) {
	fd, err := openLocked(path)
	if err != nil {
		return nil, Report{}, err
	}
	f := file{os.NewFile(fd, path)}
	j, r, err := Open(ctx, f, o)
	if err == nil && r.Created && syncsFolders {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return nil, r, errors.Join(err, f.Close())
	}
	j.closer = f
	return j, r, nil
}

// syncFolder makes the name of a new file survive the death of the machine, as the file's own Sync need not.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return &WriteError{Op: "sync", Err: err}
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return &WriteError{Op: "sync", Err: err}
	}
	return nil
}

// ReadFile does as [Read] with the file at path, which must exist. It takes no lock, and any number of readers may read
// beside a writer. [Journal.Close] closes the file; nothing can be read after that.
func ReadFile(ctx context.Context, path string, o Options) (*Journal, Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, Report{}, err
	}
	j, r, err := Read(ctx, file{f}, o)
	if err != nil {
		return nil, r, errors.Join(err, f.Close())
	}
	j.closer = f
	return j, r, nil
}
