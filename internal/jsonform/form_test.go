package jsonform_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/missionled/missionled/internal/jsonform"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMembers(t *testing.T) {
	var got []string
	for _, m := range jsonform.Members(reflect.TypeFor[*Milestone]()) {
		assert.Equal(t, m.Type, reflect.TypeFor[Milestone]().FieldByIndex(m.Index).Type)
		line := fmt.Sprint(m.Name, " ", m.Form, " ", m.Type)
		if m.Required {
			line += " required"
		}
		if m.Last {
			line += " last"
		}
		if m.Role != jsonform.Named {
			line += fmt.Sprint(" role ", m.Role)
		}
		got = append(got, strings.ReplaceAll(line, "jsonform_test.", ""))
	}
	assert.Equal(t, []string{
		"id text ID required", "missions list []ID", "name string string required", "due text Date", "share float float64", "seats int int8", "count uint uint16", "done bool bool",
		"value text Decimal", "members either Either[[]string]", "note either Either[string]", "links list []Link", "labels map map[string]string",
		"parts map map[ID]github.com/missionled/missionled/internal/Link", "parent object *Milestone", "weights list []float64",
		"counts map map[string]int", "dates list []*Date", "from text Date last", "until text Date last", "source text ID last", "at string string last", "grade text Grade last",
		" map Extra role 2",
	}, normalised(got))
	either := jsonform.Members(reflect.TypeFor[Either[int]]())
	require.Len(t, either, 3)
	assert.Equal(t, jsonform.Member{Role: jsonform.Plain, Index: []int{0}, Type: reflect.TypeFor[int](), Form: jsonform.Int}, either[2])
	assert.Nil(t, jsonform.Members(reflect.TypeFor[[]Link]()))
	assert.Equal(t, jsonform.Either, jsonform.FormOf(reflect.TypeFor[*Either[int]]()))
	assert.Equal(t, "text", jsonform.FormOf(reflect.TypeFor[time.Time]()).String())
	assert.Equal(t, "form(99)", jsonform.Form(99).String())
}

// normalised takes the package path out of type names, which reflect writes only for some.
func normalised(lines []string) []string {
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "map[ID]Link", "map[ID]github.com/missionled/missionled/internal/Link")
	}
	return lines
}

// The types of this test promote fields in every way encoding/json knows.
type (
	deepest struct {
		A, B, C, D int
		Tagged     int `json:"t"`
	}
	left struct {
		deepest
		B int
		C int `json:"C"`
		E int
	}
	right struct {
		C    int
		E    int
		Same int `json:"t"`
	}
	Named  struct{ G int }
	scalar int
	Scalar int
	top    struct {
		left
		right
		Named  `json:"named"`
		scalar //nolint:unused // unexported, so never a member
		Scalar
		H int `json:",omitempty"`
		I int `json:"-"`
		J int `json:"é_1"`
	}
)

func TestPromotion(t *testing.T) {
	v := top{left: left{deepest: deepest{1, 2, 3, 4, 5}, B: 6, C: 7, E: 8}, right: right{9, 10, 11}, Named: Named{13}, scalar: 14, Scalar: 15, H: 16, I: 17, J: 18}
	want, err := json.Marshal(v)
	require.NoError(t, err)
	got, err := jsonform.Compact(v)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	var theirs, ours top
	require.NoError(t, json.Unmarshal(want, &theirs))
	require.Nil(t, jsonform.Decode(want, &ours, jsonform.Limits{}))
	assert.Equal(t, theirs, ours)
}

func TestMemberLookup(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[Spec](), reflect.TypeFor[Milestone](), reflect.TypeFor[top](), reflect.TypeFor[struct{}]()} {
		names := map[string]int{}
		for i, m := range jsonform.Members(typ) {
			if m.Role == jsonform.Named {
				names[m.Name] = i
			}
		}
		for name, i := range names {
			assert.Equal(t, i, jsonform.MemberIndex(typ, name))
			for _, other := range []string{"", name + "s", name[1:], strings.ToUpper(name), "x" + name} {
				want, ok := names[other]
				if !ok {
					want = -1
				}
				assert.Equal(t, want, jsonform.MemberIndex(typ, other), other)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	typ := reflect.TypeFor[Milestone]()
	for unknown, want := range map[string]string{
		"dew": "due", "Due": "due", "Name": "name", "naem": "name", "grad": "grade", "mission": "missions", "form": "from", "untill": "until", "souce": "source", "colour": "", "zzzzzz": "", "": "",
		"x": "", "i": "id", "memebrs": "members", strings.Repeat("name", 1000): "",
	} {
		assert.Equal(t, want, jsonform.Nearest(typ, unknown), unknown)
	}
}

// slowDistance is optimal string alignment by its recursive definition.
func slowDistance(a, b string) int {
	switch {
	case a == "":
		return len(b)
	case b == "":
		return len(a)
	}
	cost := 1
	if a[0] == b[0] {
		cost = 0
	}
	best := min(slowDistance(a[1:], b)+1, slowDistance(a, b[1:])+1, slowDistance(a[1:], b[1:])+cost)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		best = min(best, slowDistance(a[2:], b[2:])+1)
	}
	return best
}

func TestDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, random.IntN(7))
		for i := range b {
			b[i] = "abc"[random.IntN(3)]
		}
		return string(b)
	}
	for range 500 {
		a, b := word(), word()
		assert.Equal(t, slowDistance(a, b), jsonform.Distance(a, b), "%q %q", a, b)
	}
}

type loop struct {
	Loops []loop          `json:"loops,omitempty"`
	ByID  map[string]loop `json:"by_id,omitempty"`
	Next  *loop           `json:"next,omitempty"`
	Or    *eitherLoop     `json:"or,omitempty"`
}

type eitherLoop struct {
	Many []eitherLoop `json:"-" document:"plain"`
	One  *loop        `json:"one,omitempty"`
}

func TestRecursiveTypes(t *testing.T) {
	const doc = `{"loops":[{},{"next":{}}],"by_id":{"a":{"loops":[]}},"next":{"next":{}},"or":[[],{"one":{}},[[]]]}`
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			var v loop
			assert.Nil(t, jsonform.Decode([]byte(doc), &v, jsonform.Limits{}))
			assert.Len(t, v.Or.Many, 3)
			assert.NotNil(t, v.Or.Many[1].One)
		})
	}
	group.Wait()
}

type (
	half      struct{}
	selfPoint *selfPoint
)

func (half) MarshalText() ([]byte, error) { return nil, nil }

func TestUnsupportedTypes(t *testing.T) {
	for want, typ := range map[string]reflect.Type{
		"type chan int: is not supported":                                               reflect.TypeFor[struct{ C chan int }](),
		"type float32: is not supported":                                                reflect.TypeFor[[]float32](),
		"type [2]int: is not supported":                                                 reflect.TypeFor[map[string][2]int](),
		"type []uint8: bytes have no agreed form in JSON":                               reflect.TypeFor[*[]byte](),
		"type map[int]string: map keys must be text":                                    reflect.TypeFor[map[int]string](),
		"type **int: is a pointer to a pointer":                                         reflect.TypeFor[**int](),
		"type jsonform_test.selfPoint: is a pointer to a pointer":                       reflect.TypeFor[selfPoint](),
		"type jsonform_test.half: has one of MarshalText and UnmarshalText, needs both": reflect.TypeFor[half](),
		"type struct { *jsonform_test.Link }: embeds a pointer":                         reflect.TypeFor[struct{ *Link }](),
		"type struct { A int \"json:\\\"a,string\\\"\" }: field A has the json option \"string\"": reflect.TypeFor[struct {
			A int `json:"a,string"`
		}](),
		"type struct { A int \"document:\\\"first\\\"\" }: field A has an unknown document tag \"first\"": reflect.TypeFor[struct {
			A int `document:"first"`
		}](),
		"type struct { A int \"document:\\\"extensions\\\"\" }: keeps extensions in a field that is not a map[string]string": reflect.TypeFor[struct {
			A int `document:"extensions"`
		}](),
		"type struct { A jsonform_test.Link \"document:\\\"plain\\\"\" }: has a plain field that is neither a scalar nor a list": reflect.TypeFor[struct {
			A Link `document:"plain"`
		}](),
		"type struct { jsonform_test.right \"json:\\\"r\\\"\" }: field right has a json tag and is not exported": reflect.TypeFor[struct {
			right `json:"r"`
		}](),
		"type struct { jsonform_test.Either[int] }: embeds an either-or": reflect.TypeFor[struct{ Either[int] }](),
		"type struct { A jsonform_test.Extra \"document:\\\"extensions\\\"\"; B jsonform_test.Extra \"document:\\\"extensions\\\"\" }: has two fields for extensions": reflect.TypeFor[struct {
			A Extra `document:"extensions"`
			B Extra `document:"extensions"`
		}](),
	} {
		assert.PanicsWithValue(t, "jsonform: "+want, func() { jsonform.FormOf(typ) })
		// A type refused once is refused again: nothing half made was kept.
		assert.PanicsWithValue(t, "jsonform: "+want, func() { jsonform.FormOf(typ) })
	}
}
