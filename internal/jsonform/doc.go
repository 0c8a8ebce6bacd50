// Package jsonform reads and writes JSON with positions: a strict, fast decoder that reports every fault of a document at once,
// each with byte offset, line, column and path, and a deterministic encoder whose output reads and diffs well. It is what
// mission/document is built on and is not public API. It knows nothing of missions.
//
// Use encoding/json instead for JSON of unknown shape, for types with their own MarshalJSON, or where a lenient reader is wanted.
//
// # Go types
//
// Values are plain structs with `json:"name,omitempty"` or `json:"name,omitzero"` tags, which mean what they mean to encoding/json; fields
// of embedded structs are promoted by the same rules. A field may be a string, bool, integer, float64, slice, map with string keys, struct,
// a pointer to one of these, or a type with UnmarshalText on its pointer and MarshalText (or AppendText), which is read from and written
// as a JSON string. Named types count as what they are made of. Everything else (interfaces, arrays, channels, []byte, float32,
// embedded pointers, unexported embedded structs under a json name, the `string` option of a json tag) is a mistake in the program: [Decode], [Encode], [Compact] and [Members] panic,
// naming the type.
//
// A second tag, `document:"…"`, adds three conventions; words are separated by commas:
//
//   - extensions, on one field of type map[string]string (or a named type made of it): members whose name starts with "x-" are
//     kept there as compact JSON text, and written after all other members, sorted by name. Without such a field an "x-" member is an
//     unknown member like any other. The field's json tag is not used; "-" is the honest one.
//   - last: the encoder writes the field after those without the word.
//   - plain, on one field of a struct: the struct is an either-or. A JSON value that is not an object is read into that field; an object is
//     read into the other fields. The encoder writes the plain field alone when all others are zero or empty. Both set is an error,
//     since one of them would be lost. A struct whose plain field counts even when it is zero has the methods DecodedPlain and
//     EncodesPlain, and is asked. The plain field may not itself be an object or map, and is not promoted.
//
// # What is accepted
//
// RFC 8259 and nothing beside, and less than encoding/json takes: member names match exactly, case included; unknown and duplicate members,
// null, invalid UTF-8, unpaired surrogate escapes and numbers that do not fit their Go type exactly are faults. A byte order mark at the start
// is passed over: nothing is lost by it. Values of "x-" members may be any JSON, null included; they are checked for syntax, not for
// duplicate names.
//
// # Positions
//
// Offsets count bytes from 0, and lie between 0 and the length of the data, both included: a document that ends too soon is at fault at its end.
// Lines count from 1 and end at LF. Columns count from 1 in Unicode code points (a tab is one, an invalid byte is one, a byte order mark none).
//
// A path names a value from the root: `milestones[3].due`. The root's own path is empty. A member whose name is not made of ASCII letters, digits,
// '_' and '-' is written quoted, as in `names["a.b"]`.
package jsonform
