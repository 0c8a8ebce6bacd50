package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	magic     = "mljourn1"
	headSize  = 256
	maxOrigin = headSize - 8 - 2 - 4

	batchMagic = "mlb1"
	batchHead  = 36
	maxBody    = 1 << 30
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// validOrigin keeps to what C2SP recommends for origins and what a signed note demands of the names of keys, since the
// two should be equal.
func validOrigin(s string) bool {
	if s == "" || len(s) > maxOrigin || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r == '+' || unicode.IsSpace(r) || unicode.IsControl(r) {
			return false
		}
	}
	return true
}

func encodeHead(origin string) []byte {
	b := make([]byte, 0, headSize)
	b = append(b, magic...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(origin)))
	b = append(b, origin...)
	b = b[:headSize-4]
	return binary.BigEndian.AppendUint32(b, checksum(b))
}

var (
	errPadding = errors.New("the head of the file is not as it should be")
	errLayout  = errors.New("the lengths do not fit one another")
	errMagic   = errors.New("no batch starts here")
)

// parseHead reads the first headSize bytes.
func parseHead(b []byte) (origin string, err error) {
	if string(b[:len(magic)]) != magic {
		return "", &FormatError{Found: bytes.Clone(b[:len(magic)])}
	}
	if checksum(b[:headSize-4]) != binary.BigEndian.Uint32(b[headSize-4:]) {
		return "", &DamageError{Err: ErrChecksum}
	}
	n := int(binary.BigEndian.Uint16(b[8:]))
	if n > maxOrigin || !validOrigin(string(b[10:10+n])) || !zero(b[10+n:headSize-4]) {
		return "", &DamageError{Err: errPadding}
	}
	return string(b[10 : 10+n]), nil
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// A batch is the head of a batch, read.
type batch struct {
	first  uint64
	synced int64 // how much of the file was synced when it was written
	count  int
	length int // of the body
	sum    uint32
}

// putBatchHead fills in the head of a batch whose body follows it in b.
func putBatchHead(b []byte, first uint64, synced int64, count int) {
	body := b[batchHead:]
	copy(b, batchMagic)
	binary.BigEndian.PutUint32(b[4:], uint32(len(body)))
	binary.BigEndian.PutUint64(b[8:], first)
	binary.BigEndian.PutUint64(b[16:], uint64(synced))
	binary.BigEndian.PutUint32(b[24:], uint32(count))
	binary.BigEndian.PutUint32(b[28:], checksum(body))
	binary.BigEndian.PutUint32(b[32:], checksum(b[:32]))
}

// parseBatchHead reads batchHead bytes. sound reports whether they are as some writer wrote them; err is nil only if
// they also make sense.
func parseBatchHead(b []byte) (h batch, sound bool, err error) {
	if string(b[:4]) != batchMagic {
		return h, false, errMagic
	}
	if checksum(b[:32]) != binary.BigEndian.Uint32(b[32:]) {
		return h, false, ErrChecksum
	}
	length, count := binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[24:])
	h = batch{first: binary.BigEndian.Uint64(b[8:]), synced: int64(binary.BigEndian.Uint64(b[16:])), sum: binary.BigEndian.Uint32(b[28:])}
	if length > maxBody || count < 1 || uint64(length) < uint64(count)*(4+minEntry)+tlog.HashSize {
		return h, true, errLayout
	}
	h.length, h.count = int(length), int(count)
	return h, true, nil
}
