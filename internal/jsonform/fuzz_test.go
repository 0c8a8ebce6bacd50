package jsonform_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/missionled/missionled/internal/jsonform"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// common is a type that both readers know in full.
type common struct {
	Period
	ID       ID                 `json:"id"`
	Name     string             `json:"name"`
	Share    float64            `json:"share"`
	Seats    int8               `json:"seats"`
	Count    uint64             `json:"count"`
	Done     bool               `json:"done"`
	Grade    Grade              `json:"grade"`
	Words    []string           `json:"words"`
	Numbers  [][]float64        `json:"numbers"`
	Labels   map[string]string  `json:"labels"`
	Parts    map[ID]common      `json:"parts"`
	Children []common           `json:"children"`
	Parent   *common            `json:"parent"`
	Dates    map[string][]*Date `json:"dates"`
}

var seeds = []string{
	fullDocument,
	`{"id":"a","name":"n","share":0.5,"seats":-1,"count":18446744073709551615,"done":true,"grade":"hearsay","words":["a","b\n"],"numbers":[[1],[]],"labels":{"a":"b"},"parts":{"a":{"id":"b"}},"children":[{},{"from":"2024-07-05"}],"parent":{"until":"2029-08-15"},"dates":{"x":["2024-07-05"]}}`,
	"\ufeff{\"name\": \"\xff\", \"name\": null, \"Name\": 'x', done: True, // c\n \"share\": 1e999 \"seats\": 01,}",
	`{"name":"\ud83d\ude00 \ud83d \q","children":[{"id":"A"},[],7,],"words":["a" "b"],"x-a":{"b":[1, 2, {"c":null}]}}`,
	"{\"name\":\"a\nb\",\"id\":\"c,\n\"share\":0.12345678901234567890}",
	`{"milestones":[{"id":"a","members":["x"],"note":{"state":"s"},"links":[{"to":"b"}],"x-b":1}],"observations":[{"id":"o","indicator":"i","period":"2024","value":"1"}],"x-a":[true]}`,
	"{\"name\":\"\\ud83\x01\\ude00 \\ud83d \\q\",\"children\":[{\"i", // the limit on faults is met inside a limit on depth
	"{\"\":nul \"\\q,\n\"a\":1}", // faults that are not found in order
	`[[[[`, `{"a":`, `"`, `"\`, `"\u`, `{"x-a":1,"x-a":2,"labels":{"a":"","a":""}}`, `/**/`, "/", "{\"a\"\x00:1}", `{"share":-}`, `{"a":1}}`, `nul`, ``,
}

func add(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
}

var fuzzLimits = jsonform.Limits{MaxDepth: 1000, MaxFaults: 1 << 20}

func deeperThan(data []byte, limit int) bool {
	depth := 0
	for _, c := range data {
		if c == '[' || c == '{' {
			if depth++; depth > limit {
				return true
			}
		}
	}
	return false
}

// FuzzDecode holds the reader to encoding/json: see agrees.
func FuzzDecode(f *testing.F) {
	add(f)
	f.Fuzz(agrees)
}

// TestDecodeDamaged damages a document in every place, in several ways each.
func TestDecodeDamaged(t *testing.T) {
	document := []byte(seeds[1])
	for i := range document {
		agrees(t, document[:i])
		agrees(t, append(document[:i:i], document[i+1:]...))
		for _, c := range []byte("\"\\,:]}[{ \n\x00\xff01-.enx/'") {
			agrees(t, append(append(document[:i:i], c), document[i:]...))
			agrees(t, append(append(document[:i:i], c), document[i+1:]...))
		}
	}
}

// agrees holds the reader to encoding/json: it finds a fault of syntax exactly where that finds the data invalid; what it accepts that accepts
// too, with the same value; what it refuses beyond that is one of the strictnesses the package states.
func agrees(t *testing.T, data []byte) {
	if deeperThan(data, 900) {
		return
	}
	var ours, theirs common
	faults := jsonform.Decode(data, &ours, fuzzLimits)
	places(t, data, faults)
	kinds := map[jsonform.Kind]bool{}
	for _, fault := range faults {
		kinds[fault.Kind] = true
	}
	plain := bytes.TrimPrefix(data, []byte("\ufeff"))
	broken := kinds[jsonform.Syntax] || kinds[jsonform.ControlCharacter] || kinds[jsonform.TrailingData]
	require.Equal(t, json.Valid(plain), !broken, "%v", faults)

	decoder := json.NewDecoder(bytes.NewReader(plain))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&theirs)
	switch {
	case broken:
	case len(faults) == 0:
		require.NoError(t, err)
		assert.Equal(t, theirs, ours)
	case err == nil:
		for _, fault := range faults {
			switch fault.Kind {
			case jsonform.UnknownMember, jsonform.DuplicateMember, jsonform.Null, jsonform.InvalidUTF8, jsonform.UnpairedSurrogate, jsonform.TooPrecise, jsonform.OutOfRange:
			default:
				// A member after its duplicate, or under a name in the wrong case, is not read at all: other faults mean disagreement.
				t.Errorf("encoding/json accepts what is refused for %v", fault)
			}
		}
	}
	if len(faults) > 3 {
		few := jsonform.Decode(data, new(common), jsonform.Limits{MaxDepth: 1000, MaxFaults: 3})
		require.Len(t, few, 4)
		assert.Subset(t, faults, few[:3])
		assert.Equal(t, jsonform.More, few[3].Kind)
	}
	jsonform.Decode(data, new(common), jsonform.Limits{MaxDepth: 2, MaxItems: 3, MaxFaults: 5})
}

// FuzzRoundTrip: whatever was accepted is written, read back equal, and written again to the same bytes; so is its compact form.
func FuzzRoundTrip(f *testing.F) {
	add(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var first, second, third Spec
		faults := jsonform.Decode(data, &first, fuzzLimits)
		places(t, data, faults)
		text, err := jsonform.Encode(&first)
		if len(faults) > 0 {
			return
		}
		require.NoError(t, err)
		require.Nil(t, jsonform.Decode(text, &second, fuzzLimits), "%s", text)
		again, err := jsonform.Encode(second)
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))

		row, err := jsonform.Compact(first)
		require.NoError(t, err)
		require.Nil(t, jsonform.Decode(row, &third, fuzzLimits))
		assert.Equal(t, second, third)
		var compact bytes.Buffer
		require.NoError(t, json.Compact(&compact, text))
		assert.Equal(t, compact.String(), string(row))
		for line := range bytes.SplitSeq(text, []byte("\n")) {
			assert.False(t, bytes.HasSuffix(line, []byte(" ")))
		}
	})
}

// FuzzLocate: every value of a valid document is found where the tokens of encoding/json say it is; nothing else panics.
func FuzzLocate(f *testing.F) {
	add(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, place := range jsonform.Locate(data, []string{"", "a", "milestones[0].id", `["x-a"][0]`, string(data)}) {
			require.LessOrEqual(t, place.Offset, len(data))
			line, column := slowPlace(data, place.Offset)
			require.Equal(t, [2]int{line, column}, [2]int{place.Line, place.Column})
		}
		if json.Valid(data) && bytes.Equal(data, bytes.ToValidUTF8(data, nil)) && !bytes.Contains(data, []byte(`\u`)) && len(data) < 1<<12 && !deeperThan(data, 900) {
			checkLocate(t, data)
		}
	})
}

// FuzzText: any text is written so that encoding/json reads it back, or refused where it is not UTF-8.
func FuzzText(f *testing.F) {
	f.Add("a\u2028\"\\\x00\u0085é😀")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := jsonform.Compact(s)
		if valid := string(bytes.ToValidUTF8([]byte(s), []byte("!"))) == s; !valid {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		var theirs, ours string
		require.NoError(t, json.Unmarshal(got, &theirs))
		assert.Equal(t, s, theirs)
		require.Nil(t, jsonform.Decode(got, &ours, jsonform.Limits{}))
		assert.Equal(t, s, ours)
	})
}
