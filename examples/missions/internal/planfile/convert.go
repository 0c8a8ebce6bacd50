package planfile

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/missionled/missionled/mission/document"
)

// convert turns YAML into a document in JSON, one token a line, and gives the place in the YAML file of each line. Its own
// faults are those that the JSON does not show any more. The text is nil where the file cannot be read at all.
func convert(data []byte) (text []byte, places []place, faults []*document.Fault) {
	root, f := parse(data)
	if f == nil && root == nil {
		f = fault(place{1, 1}, "", "the file holds no plan", "run \"missions new\" for one to start from")
	}
	if f != nil {
		return nil, nil, []*document.Fault{f}
	}
	c := &converter{targets: make(map[*ast.AliasNode]ast.Node)}
	c.bind(root, &anchors{named: make(map[string]ast.Node), open: make(map[ast.Node]bool)})
	c.value(root, plan())
	if c.full {
		return nil, nil, c.faults
	}
	return c.text, c.places, c.faults
}

type converter struct {
	text    []byte
	places  []place
	path    []step
	targets map[*ast.AliasNode]ast.Node // nil for an alias that has none
	alias   *place                      // where the outermost alias stands that is being followed
	comma   bool
	full    bool // the limits are reached; nothing more is written
	depth   int  // of value and of merges inside one another
	merges  int  // merge keys followed so far
	quiet   int  // above nought, faults of names are not recorded: they were where the object stands
	faults  []*document.Fault
}

// step is an element or, where index is below nought, a member.
type step struct {
	name  string
	index int
}

// pathText writes the path as the faults of documents do: milestones[3].due.
func (c *converter) pathText() string {
	var b strings.Builder
	for _, s := range c.path {
		switch {
		case s.index >= 0:
			fmt.Fprintf(&b, "[%d]", s.index)
		case s.name == "" || strings.Trim(s.name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != "":
			fmt.Fprintf(&b, "[%q]", s.name)
		case b.Len() > 0:
			b.WriteString("." + s.name)
		default:
			b.WriteString(s.name)
		}
	}
	return b.String()
}

// anchors are what is named so far, and which of it is still being read.
type anchors struct {
	named map[string]ast.Node
	open  map[ast.Node]bool
}

// bind finds what each alias means: the last anchor of its name before it. The depth of the tree is bounded by shallow.
func (c *converter) bind(n ast.Node, a *anchors) {
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			c.bind(v, a)
		}
	case *ast.MappingValueNode:
		c.bind(n.Key, a)
		c.bind(n.Value, a)
	case *ast.SequenceNode:
		for _, v := range n.Values {
			c.bind(v, a)
		}
	case *ast.TagNode:
		c.bind(n.Value, a)
	case *ast.MappingKeyNode:
		c.bind(n.Value, a)
	case *ast.AnchorNode:
		if n.Value == nil || n.Name == nil {
			return
		}
		a.named[n.Name.GetToken().Value] = n.Value
		a.open[n.Value] = true
		c.bind(n.Value, a)
		delete(a.open, n.Value)
	case *ast.AliasNode:
		if n.Value == nil {
			return
		}
		if target := a.named[n.Value.GetToken().Value]; target != nil && !a.open[target] {
			c.targets[n] = target
		}
	}
}

// add writes a token on a line of its own.
func (c *converter) add(token []byte, at place) {
	if c.full {
		return
	}
	if len(c.places) >= maxTokens || len(c.text)+len(token) > maxText {
		c.full = true
		c.faults = append(c.faults, fault(at, "", "with its aliases followed, the plan is too large", "take out aliases that repeat aliases"))
		return
	}
	if c.alias != nil {
		at = *c.alias
	}
	if c.comma {
		c.text = append(c.text, ',')
	}
	c.text = append(append(c.text, token...), '\n')
	c.places = append(c.places, at)
	c.comma = false
}

// fail records a fault at a place, and writes an empty text where a value has to stand.
func (c *converter) fail(at place, message, hint string) {
	if c.alias != nil {
		at = *c.alias
	}
	c.record(at, c.pathText(), message, hint)
	c.add([]byte(`""`), at)
}

// record keeps a fault, up to a hundred of them.
func (c *converter) record(at place, path, message, hint string) {
	switch n := len(c.faults); {
	case n == maxFaults:
		c.faults = append(c.faults, fault(at, "", fmt.Sprintf("more than %d faults: the rest is not listed", maxFaults), ""))
	case n < maxFaults:
		c.faults = append(c.faults, fault(at, path, message, hint))
	}
}

// string writes a text with no more escapes than JSON asks for, as the library does, since what stands in an extension is
// compared as it is written.
func (c *converter) string(s string, at place) {
	token := append(make([]byte, 0, len(s)+2), '"')
	for i := range len(s) {
		switch b := s[i]; {
		case b == '"' || b == '\\':
			token = append(token, '\\', b)
		case b == '\n':
			token = append(token, `\n`...)
		case b == '\t':
			token = append(token, `\t`...)
		case b == '\r':
			token = append(token, `\r`...)
		case b < ' ':
			token = fmt.Appendf(token, `\u%04x`, b)
		default:
			token = append(token, b)
		}
	}
	c.add(append(token, '"'), at)
}

// value writes a value of which the format wants w.
func (c *converter) value(n ast.Node, w *wanted) {
	if c.full {
		return
	}
	c.depth++
	defer func() { c.depth-- }()
	if len(c.path) > maxDepth || c.depth > 2*maxDepth {
		c.fail(start(n), "nested too deep for a plan", "a plan is a few lists of records")
		return
	}
	switch n := n.(type) {
	case nil:
		c.add([]byte("null"), place{1, 1})
	case *ast.MappingNode:
		c.object(start(n), n.Values, w)
	case *ast.MappingValueNode:
		c.object(start(n), []*ast.MappingValueNode{n}, w)
	case *ast.SequenceNode:
		c.add([]byte("["), start(n))
		for i, v := range n.Values {
			c.comma = i > 0
			c.path = append(c.path, step{index: i})
			c.value(v, w.element())
			c.path = c.path[:len(c.path)-1]
		}
		c.comma = false
		c.add([]byte("]"), start(n))
	case *ast.AnchorNode:
		c.value(n.Value, w)
	case *ast.AliasNode:
		c.follow(n, w)
	case *ast.TagNode:
		c.tagged(n, w)
	default:
		c.scalar(n, w)
	}
}

func (c *converter) follow(n *ast.AliasNode, w *wanted) {
	target := c.targets[n]
	if target == nil {
		c.fail(start(n), "the alias means no anchor that ends before it", "put & and the same name before the value that it is to repeat")
		return
	}
	if c.alias == nil {
		where := start(n)
		c.alias = &where
		defer func() { c.alias = nil }()
	}
	c.value(target, w)
}

// tagged takes the tags of YAML's core schema. What a value is follows from the format; only !!str changes it.
func (c *converter) tagged(n *ast.TagNode, w *wanted) {
	tag := n.GetToken().Value
	if tag == "!!str" || tag == "!" {
		if text, ok := plainText(n.Value); ok {
			c.string(text, start(n))
			return
		}
	}
	switch tag {
	case "!!str", "!", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq", "!!timestamp":
		c.value(n.Value, w)
	default:
		c.fail(start(n), "the tag "+strconv.Quote(tag)+" means nothing here", "leave it out")
	}
}

// scalar writes a text, a number, a boolean or nothing, as the format wants it.
func (c *converter) scalar(n ast.Node, w *wanted) {
	where := start(n)
	switch n := n.(type) {
	case *ast.StringNode:
		c.string(n.Value, where)
		return
	case *ast.LiteralNode:
		text, _ := plainText(n)
		c.string(text, where)
		return
	case *ast.NullNode:
		c.add([]byte("null"), where)
		return
	}
	text, ok := plainText(n)
	if !ok {
		c.fail(where, "this has no meaning in a plan", "write a text")
		return
	}
	_, boolean := n.(*ast.BoolNode)
	number := numeric(text)
	switch {
	case boolean && (w == nil || w.boolean):
		c.add([]byte(strings.ToLower(text)), where)
	case number && (w == nil || w.number):
		c.add([]byte(text), where)
	case w == nil:
		c.typed(n, where)
	default:
		c.string(text, where)
	}
}

// numeric reports whether a text is a number as JSON writes them.
func numeric(s string) bool {
	return s != "" && (s[0] == '-' || s[0] >= '0' && s[0] <= '9') && json.Valid([]byte(s))
}

// typed writes a number that YAML spells otherwise than JSON, in a member of which the format knows nothing.
func (c *converter) typed(n ast.Node, where place) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		if _, ok := n.Value.(string); !ok {
			c.add(fmt.Append(nil, n.Value), where)
			return
		}
	case *ast.FloatNode:
		if !math.IsInf(n.Value, 0) && !math.IsNaN(n.Value) {
			c.add(strconv.AppendFloat(nil, n.Value, 'g', -1, 64), where)
			return
		}
	}
	c.fail(where, "JSON has no such number", "put it in quotes")
}

// plainText is the text of a scalar as it is written, and whether n is one.
func plainText(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		if n.Value == nil {
			return "", true
		}
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode, *ast.NullNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// member is one name of an object and its value.
type member struct {
	name  string
	at    place
	alias *place // of the merged object that it comes from
	value ast.Node
}

func (c *converter) object(where place, values []*ast.MappingValueNode, w *wanted) {
	c.add([]byte("{"), where)
	members := c.members(values)
	for i, m := range members {
		before := c.alias
		if c.alias == nil {
			c.alias = m.alias
		}
		c.comma = i > 0
		c.string(m.name, m.at)
		if !c.full {
			c.text = append(c.text[:len(c.text)-1], ":\n"...)
		}
		c.path = append(c.path, step{name: m.name, index: -1})
		if _, null := m.value.(*ast.NullNode); null {
			c.add([]byte("null"), m.at) // which may stand nowhere: "due:"
		} else {
			c.value(m.value, w.member(m.name))
		}
		c.path = c.path[:len(c.path)-1]
		c.alias = before
	}
	c.comma = false
	c.add([]byte("}"), where)
}

// members lists an object's own members, then those of the objects that are merged into it with <<. A name given twice
// counts once, as in JSON the first time.
func (c *converter) members(values []*ast.MappingValueNode) []member {
	var own []member
	var merged []ast.Node
	first := make(map[string]place)
	for _, v := range values {
		if v.Key.IsMergeKey() {
			merged = append(merged, v.Value)
			continue
		}
		where := at(v.Key.GetToken())
		name, ok := keyText(v.Key)
		if !ok {
			c.report(where, "", "this is no name for a member", "names are plain text, such as due")
			continue
		}
		if seen, twice := first[name]; twice {
			c.report(where, name, fmt.Sprintf("member %q is given twice, first at line %d, column %d", name, seen.line, seen.column), "keep one of them")
			continue
		}
		first[name] = where
		own = append(own, member{name: name, at: where, value: v.Value})
	}
	for _, n := range merged {
		c.quiet++
		brought := c.merge(n, 0)
		c.quiet--
		if brought == nil && c.quiet == 0 {
			c.report(start(n), "", "<< brings nothing in: what it names is no object that ends before it", "write << and the alias of an object, as in <<: *defaults")
		}
		for _, m := range brought {
			if _, has := first[m.name]; !has {
				first[m.name] = m.at
				own = append(own, m)
			}
		}
	}
	return own
}

// report records a fault of a member without writing anything.
func (c *converter) report(at place, name, message, hint string) {
	if c.quiet > 0 {
		return
	}
	if c.alias != nil {
		at = *c.alias
	}
	path := c.pathText()
	if name != "" {
		c.path = append(c.path, step{name: name, index: -1})
		path = c.pathText()
		c.path = c.path[:len(c.path)-1]
	}
	c.record(at, path, message, hint)
}

// merge lists the members that a merge key brings in: those of one object, or of several in a list, of which the first
// counts. It is nil where there are none, and beyond what any plan needs.
func (c *converter) merge(n ast.Node, lists int) []member {
	c.merges++
	c.depth++
	defer func() { c.depth-- }()
	if c.merges > maxMerges || c.depth > 2*maxDepth || lists > 1 {
		return nil
	}
	target := n
	for range maxMarks {
		switch t := target.(type) {
		case *ast.AliasNode:
			target = c.targets[t]
		case *ast.AnchorNode:
			target = t.Value
		}
	}
	var all []member
	switch t := target.(type) {
	case *ast.MappingNode:
		all = c.members(t.Values)
	case *ast.MappingValueNode:
		all = c.members([]*ast.MappingValueNode{t})
	case *ast.SequenceNode:
		for _, v := range t.Values {
			all = append(all, c.merge(v, lists+1)...)
		}
	}
	where := start(n)
	for i := range all {
		all[i].alias = &where
	}
	return all
}

func keyText(n ast.Node) (string, bool) {
	for range maxMarks {
		switch k := n.(type) {
		case *ast.MappingKeyNode:
			n = k.Value
		case *ast.AnchorNode:
			n = k.Value
		case *ast.TagNode:
			n = k.Value
		}
	}
	if n == nil {
		return "", false
	}
	return plainText(n)
}
