package jsonform_test

import (
	"bytes"
	"encoding/json"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/missionled/missionled/internal/jsonform"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDecodeText(t *testing.T) {
	for _, text := range []string{
		`""`, `"a"`, `"12345678"`, `"1234567\""`, `"12345678\\"`, `"\/\b\f\n\r\t\u0000\u001f"`, `"\uD83D\uDE00\u00e9\u20AC"`, `"日本語テキスト"`, `"a` + strings.Repeat("é", 100) + `\n"`, ` "x" `,
		"\"\x7f\u0080\"", `"` + strings.Repeat("ab\\\"", 50) + `"`,
	} {
		var ours, theirs string
		require.NoError(t, json.Unmarshal([]byte(text), &theirs))
		require.Nil(t, jsonform.Decode([]byte(text), &ours, jsonform.Limits{}), text)
		assert.Equal(t, theirs, ours)
	}
	// Every length and place of the byte that ends the fast scan.
	for n := range 40 {
		for _, end := range []string{`"`, `\n"`, `\""`, `é"`} {
			text := `"` + strings.Repeat("x", n) + end
			var ours, theirs string
			require.NoError(t, json.Unmarshal([]byte(text), &theirs))
			require.Nil(t, jsonform.Decode([]byte(text), &ours, jsonform.Limits{}), text)
			assert.Equal(t, theirs, ours)
		}
	}
}

func TestDecodeNumbers(t *testing.T) {
	for _, text := range []string{"0", "-0", "1", "-1", "0.1", "1.10", "100", "1e3", "1E+3", "1.5e-7", "123456789012345", "0.30000000000000004", "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308",
		"9007199254740992", "0.000", "0e5", "-0.0e-7", "1000000000000000000000000", "12345678.90123450000000000", "0e99999999999999999999", "1e-5"} {
		var ours, theirs float64
		require.NoError(t, json.Unmarshal([]byte(text), &theirs))
		require.Nil(t, jsonform.Decode([]byte(text), &ours, jsonform.Limits{}), text)
		assert.Equal(t, math.Float64bits(theirs), math.Float64bits(ours), text)
	}
	for text, kind := range map[string]jsonform.Kind{
		"9007199254740993": jsonform.TooPrecise, "0.1000000000000000055511151231257827": jsonform.TooPrecise, "1.2345e-320": jsonform.TooPrecise, "123456789012345678": jsonform.TooPrecise,
		"1e309": jsonform.OutOfRange, "-1e999999999999999999999": jsonform.OutOfRange, "1e-400": jsonform.OutOfRange, "1e-99999999999999999999": jsonform.OutOfRange,
	} {
		number := 7.0
		faults := jsonform.Decode([]byte(text), &number, jsonform.Limits{})
		require.Len(t, faults, 1, text)
		assert.Equal(t, kind, faults[0].Kind, text)
		assert.Equal(t, 7.0, number)
	}
	var (
		i64 int64
		u64 uint64
	)
	for text, want := range map[string]int64{"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64, "-0": 0, "0": 0} {
		require.Nil(t, jsonform.Decode([]byte(text), &i64, jsonform.Limits{}))
		assert.Equal(t, want, i64)
	}
	assert.Equal(t, jsonform.OutOfRange, jsonform.Decode([]byte("9223372036854775808"), &i64, jsonform.Limits{})[0].Kind)
	require.Nil(t, jsonform.Decode([]byte("18446744073709551615"), &u64, jsonform.Limits{}))
	assert.Equal(t, uint64(math.MaxUint64), u64)
	assert.Equal(t, "18446744073709551616 is out of range: want 0 to 18446744073709551615", jsonform.Decode([]byte("18446744073709551616"), &u64, jsonform.Limits{})[0].Message)
}

func TestDecodeReplaces(t *testing.T) {
	v := Milestone{Name: "kept", Missions: []ID{"old", "older"}, Labels: map[string]string{"old": ""}, Parent: &Milestone{Name: "old"}, Record: Record{Extra: Extra{"x-old": "1"}}}
	missions, labels, parent, extra := v.Missions, v.Labels, v.Parent, v.Extra
	require.Nil(t, jsonform.Decode([]byte(`{"missions":["new"],"labels":{"new":"1"},"parent":{"id":"p"},"x-new":2}`), &v, jsonform.Limits{}))
	assert.Equal(t, Milestone{Name: "kept", Missions: []ID{"new"}, Labels: map[string]string{"new": "1"}, Parent: &Milestone{Record: Record{ID: "p"}}, Record: Record{Extra: Extra{"x-new": "2"}}}, v)
	assert.Equal(t, []ID{"old", "older"}, missions)
	assert.Equal(t, map[string]string{"old": ""}, labels)
	assert.Equal(t, "old", parent.Name)
	assert.Equal(t, Extra{"x-old": "1"}, extra)
}

func TestDecodeLeavesDataAlone(t *testing.T) {
	data := []byte(fullDocument)
	var spec Spec
	require.Nil(t, jsonform.Decode(data, &spec, jsonform.Limits{}))
	assert.Equal(t, fullDocument, string(data))
	for i := range data {
		data[i] = '!'
	}
	again, err := jsonform.Encode(spec)
	require.NoError(t, err)
	assert.Equal(t, fullDocument, string(again))
}

func TestDecodeEscapedNames(t *testing.T) {
	var m Milestone
	require.Nil(t, jsonform.Decode([]byte(`{"n\u0061me":"n","\u0078-a":1,"labels":{"\u00e9":"e"}}`), &m, jsonform.Limits{}))
	assert.Equal(t, Milestone{Name: "n", Record: Record{Extra: Extra{"x-a": "1"}}, Labels: map[string]string{"é": "e"}}, m)
	faults := jsonform.Decode([]byte(`{"name":"n","n\u0061me":"n"}`), &m, jsonform.Limits{})
	require.Len(t, faults, 1)
	assert.Equal(t, jsonform.DuplicateMember, faults[0].Kind)
}

func TestDecodeTime(t *testing.T) {
	type instant struct {
		Recorded time.Time `json:"recorded,omitzero"`
	}
	var v instant
	require.Nil(t, jsonform.Decode([]byte(`{"recorded":"2024-06-13T00:00:00Z"}`), &v, jsonform.Limits{}))
	assert.Equal(t, time.Date(2024, 6, 13, 0, 0, 0, 0, time.UTC), v.Recorded)
	got, err := jsonform.Compact(v)
	require.NoError(t, err)
	assert.Equal(t, `{"recorded":"2024-06-13T00:00:00Z"}`, string(got))
	got, err = jsonform.Compact(instant{})
	require.NoError(t, err)
	assert.Equal(t, `{}`, string(got))
}

// TestDecodeBig reads a document long enough for lists to grow in every way, and compares with encoding/json.
func TestDecodeBig(t *testing.T) {
	spec := benchSpec()
	data, err := jsonform.Encode(spec)
	require.NoError(t, err)
	var ours, theirs plainSpec
	require.Nil(t, jsonform.Decode(data, &ours, jsonform.Limits{}))
	decoder := json.NewDecoder(bytes.NewReader(data))
	require.NoError(t, decoder.Decode(&theirs))
	assert.Equal(t, theirs, ours)
	assert.LessOrEqual(t, cap(ours.Milestones), 2*len(ours.Milestones))
}

// TestDecodeAllocations holds the promise that text without escapes costs no memory of its own.
func TestDecodeAllocations(t *testing.T) {
	data := []byte(`{"format":"` + strings.Repeat("missionled", 100) + `","title":"` + strings.Repeat("a plan ", 100) + `"}`)
	var spec Spec
	allocations := testing.AllocsPerRun(100, func() {
		jsonform.Decode(data, &spec, jsonform.Limits{})
	})
	// The reader, its copy of the document, its path and its table of members seen.
	assert.LessOrEqual(t, allocations, 4.0)
}

// TestDecodeMemory reads the shortest document that makes the largest elements, up to the limit on items.
func TestDecodeMemory(t *testing.T) {
	data := []byte(`{"milestones":[` + strings.Repeat("{},", 1_000_000) + `{}]}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var spec Spec
	faults := jsonform.Decode(data, &spec, jsonform.Limits{MaxItems: 1000})
	runtime.ReadMemStats(&after)
	require.Len(t, faults, 1)
	assert.Equal(t, jsonform.TooLarge, faults[0].Kind)
	assert.Len(t, spec.Milestones, 1000)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16<<20))
}
