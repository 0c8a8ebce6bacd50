// Package journal keeps the changes made to the records of a plan in a log that only grows, so that nobody can later
// alter, drop or reorder one of them unseen.
//
// Each [Entry] says at which instant who did what ([record.Assert], [record.Change], [record.Correct], [record.Retract],
// [record.Close]) to which record, and carries the record's JSON as opaque bytes. The entries are the leaves of a Merkle
// tree (RFC 6962). From it come short proofs that an entry is in the log ([Journal.ProveInclusion]) and that the log has
// only grown since a day on which somebody wrote down its [Checkpoint] ([Journal.ProveConsistency]). A [Bundle] carries
// entries with all that a third party needs to check them, without the log and without this package.
//
// A log shows tampering only to those who hold a checkpoint of it: whoever keeps the file can rewrite all of it. Sign
// checkpoints ([Checkpoint.Sign]) and give them away, or print them.
//
// The package is not a database: it answers no questions about records. It holds 64 bytes of hashes and 12 bytes of
// index in memory for an entry. Programs that need many writers at once, or logs on several machines, need a log service.
//
// # What an acknowledgement means
//
// When [Journal.Append] returns without an error, its entries have been handed to the storage, and survive the death of
// the process. They survive the death of the machine once [Storage] Sync has returned: before Append returns, unless
// [Options] SyncEvery says otherwise. The entries of one call are written whole or not at all. Opening a journal cuts
// off what a write that never finished has left at its end, and says so in a [Report]; anything else that is not as it
// was written is a [*DamageError], and nothing is cut off.
//
// # Names of persons
//
// Entries cannot be erased, so the names of persons do not belong into them. Give persons opaque ids, keep their names
// elsewhere, and where an entry must bind a name write a salted commitment ([Commit]) in its place. Deleting the name and
// the salt leaves a value that says nothing, and every proof holds as before. Ids and salts are for the caller to draw
// at random: a commitment whose salt can be guessed gives the name away.
//
// # The format
//
// Everything below is frozen. Numbers are big-endian and unsigned unless said otherwise. A text or bytes are a length of
// four bytes and as many bytes. CRC-32C is that of RFC 3720, appendix B.4.
//
// The file starts with 256 bytes:
//
//	  0    8  "mljourn1"
//	  8    2  length n of the origin, 1 to 242
//	 10    n  the origin: the name of the log in checkpoints, UTF-8
//	10+n      zero bytes up to 252
//	252    4  CRC-32C of the 252 bytes before
//
// Batches follow without a gap, one for each Append:
//
//	 0    4  "mlb1"
//	 4    4  length of the body, at most 2³⁰
//	 8    8  sequence of the first entry; the first of the log has 1
//	16    8  how many bytes of the file its writer knew to be synced when it wrote the batch
//	24    4  number of entries, at least 1
//	28    4  CRC-32C of the body
//	32    4  CRC-32C of the 32 bytes before
//	36       the body: each entry as bytes, and then the 32 bytes of the tree's root hash with these entries in it
//
// An entry is:
//
//	 0    1  1, the version
//	 1    8  sequence
//	 9    8  recorded: seconds since 1970-01-01T00:00:00Z without leap seconds, two's complement
//	17    4  recorded: nanoseconds, below 10⁹
//	21    1  verb: 1 assert, 2 change, 3 correct, 4 retract, 5 close
//	22       actor, text
//	         kind of the record, text
//	         id of the record, text
//	         reason, text
//	         payload, bytes
//	         number of pieces of evidence, four bytes, and then each as text
//
// Nothing follows the last piece of evidence, so one entry has one encoding. Texts are valid UTF-8. The hash of a leaf is
// SHA-256 of a zero byte and the entry; that of an inner node SHA-256 of a byte of value one and the hashes of its two
// children. The entry with sequence s is the leaf with index s−1, and a tree of size n has the entries 1 to n. A checkpoint is
// the text of C2SP tlog-checkpoint in the signed note of golang.org/x/mod/sumdb/note.
package journal
