package journal

import (
	"io"
	"sync"
)

// A Source is what a journal is read from. An [*io.SectionReader] and a [*bytes.Reader] are near it: their Size needs an error.
type Source interface {
	io.ReaderAt
	// Size is the present length in bytes.
	Size() (int64, error)
}

// A Storage is what a journal is written to. The methods are those of [os.File] but for Size. One journal writes to it
// at a time, in one goroutine; reads may come from any number of goroutines meanwhile, and only of bytes whose write has
// returned.
type Storage interface {
	Source
	// WriteAt may fail after writing a part, such as on a full disk.
	io.WriterAt
	// Truncate cuts the storage to size bytes.
	Truncate(size int64) error
	// Sync returns once all that was written survives the death of the machine.
	Sync() error
}

// Memory is a [Storage] in memory, for trials and tests. The zero Memory is empty and ready. It is safe for concurrent
// use and must not be copied.
type Memory struct {
	mu   sync.RWMutex
	data []byte
}

// NewMemory returns a Memory that holds a copy of b.
func NewMemory(b []byte) *Memory { return &Memory{data: append([]byte(nil), b...)} }

// Bytes returns a copy of the content.
func (m *Memory) Bytes() []byte {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return append([]byte(nil), m.data...)
}

// Size is the length of the content in bytes. The error is nil.
func (m *Memory) Size() (int64, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return int64(len(m.data)), nil
}

// ReadAt does as [io.ReaderAt] says.
func (m *Memory) ReadAt(p []byte, off int64) (int, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if off < 0 || off > int64(len(m.data)) {
		return 0, io.EOF
	}
	n := copy(p, m.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// WriteAt does as [io.WriterAt] says. A gap before off is filled with zero bytes; a negative off is [io.ErrUnexpectedEOF].
func (m *Memory) WriteAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.grow(off + int64(len(p)))
	return copy(m.data[off:], p), nil
}

// Truncate cuts or lengthens the content to size bytes; a negative size is [io.ErrUnexpectedEOF].
func (m *Memory) Truncate(size int64) error {
	if size < 0 {
		return io.ErrUnexpectedEOF
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.grow(size)
	m.data = m.data[:size]
	return nil
}

func (m *Memory) grow(size int64) {
	if more := size - int64(len(m.data)); more > 0 {
		m.data = append(m.data, make([]byte, more)...)
	}
}

// Sync does nothing: memory does not outlive the machine.
func (m *Memory) Sync() error { return nil }
