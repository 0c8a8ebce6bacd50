package planfile

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/missionled/missionled/mission/document"
)

// wanted says what the format wants at one place of a document, as far as it matters for reading YAML: whether a scalar
// there is a boolean or a number, which members have which wants, and what the elements are. A nil wanted knows nothing.
type wanted struct {
	boolean, number bool
	members         map[string]*wanted
	elements        *wanted
}

func (w *wanted) member(name string) *wanted {
	if w == nil {
		return nil
	}
	return w.members[name]
}

func (w *wanted) element() *wanted {
	if w == nil {
		return nil
	}
	return w.elements
}

// plan is what the format wants of a whole plan, read from the published schema.
var plan = sync.OnceValue(func() *wanted {
	var root schema
	if json.Unmarshal(document.Schema(), &root) != nil {
		return nil
	}
	return root.wants(root.Defs, 0)
})

// schema is the part of JSON Schema that tells what is wanted.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	AnyOf      []schema           `json:"anyOf"`
	AllOf      []schema           `json:"allOf"`
	Properties map[string]*schema `json:"properties"`
	Items      *schema            `json:"items"`
	Defs       map[string]*schema `json:"$defs"`
}

// wants resolves references and alternatives. The schema of the format has no circles; the depth bounds it all the same.
func (s *schema) wants(defs map[string]*schema, depth int) *wanted {
	w := new(wanted)
	if depth > 20 {
		return w
	}
	w.boolean = s.Type == "boolean"
	w.number = s.Type == "integer" || s.Type == "number"
	if def := defs[strings.TrimPrefix(s.Ref, "#/$defs/")]; def != nil {
		w.add(def.wants(defs, depth+1))
	}
	for _, list := range [][]schema{s.AnyOf, s.AllOf} {
		for i := range list {
			w.add(list[i].wants(defs, depth+1))
		}
	}
	for name, p := range s.Properties {
		if w.members == nil {
			w.members = make(map[string]*wanted)
		}
		w.members[name] = p.wants(defs, depth+1)
	}
	if s.Items != nil {
		w.elements = s.Items.wants(defs, depth+1)
	}
	return w
}

// add joins what another alternative wants.
func (w *wanted) add(v *wanted) {
	w.boolean = w.boolean || v.boolean
	w.number = w.number || v.number
	if v.elements != nil {
		w.elements = v.elements
	}
	for name, m := range v.members {
		if w.members == nil {
			w.members = make(map[string]*wanted)
		}
		w.members[name] = m
	}
}
