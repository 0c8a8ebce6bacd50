package planfile

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/missionled/missionled/mission/document"
)

// The limits of what is read as YAML. A plan is four or five levels deep.
const (
	maxBytes  = 16 << 20
	maxDepth  = 64
	maxIndent = 256 // columns
	maxMarks  = 4   // anchors and tags on one value
	maxTokens = 4_000_000
	maxText   = 64 << 20
	maxMerges = 100_000
	maxFaults = 100
)

// place is a line and a column of the YAML file, both from 1; columns count characters.
type place struct{ line, column int }

func at(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{1, 1}
	}
	return place{max(t.Position.Line, 1), max(t.Position.Column, 1)}
}

func fault(at place, path, message, hint string) *document.Fault {
	return &document.Fault{Line: at.line, Column: at.column, Path: path, Err: &document.TextError{Message: message, Hint: hint}}
}

// parse reads the one document in a file. It returns a fault, and no node, where the file is not YAML or takes on more
// than the limits allow; both are nil where it is empty.
func parse(data []byte) (ast.Node, *document.Fault) {
	if len(data) > maxBytes {
		return nil, fault(place{1, 1}, "", "the file is longer than 16 MiB, which is the most that is read as YAML", "export the plan as JSON, or split it")
	}
	text := strings.TrimPrefix(string(data), byteOrderMark)
	if f := readable(text); f != nil {
		return nil, f
	}
	file, f := tree(text)
	if f != nil {
		return nil, f
	}
	var body ast.Node
	for _, doc := range file.Docs {
		switch doc.Body.(type) {
		case nil, *ast.DirectiveNode, *ast.CommentGroupNode:
			continue
		}
		if body != nil {
			return nil, fault(start(doc.Body), "", "a second document starts here", "keep one plan to a file")
		}
		body = doc.Body
	}
	return body, nil
}

// tree runs the YAML library, whose depth of recursion is that of the text, once it is known that the text is not deep.
func tree(text string) (file *ast.File, f *document.Fault) {
	defer func() {
		if recover() != nil {
			file, f = nil, fault(place{1, 1}, "", "the file cannot be read as YAML", "write it in plain block style, or as JSON")
		}
	}()
	tokens := lexer.Tokenize(text)
	if f := shallow(tokens); f != nil {
		return nil, f
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err == nil {
		return file, nil
	}
	if e, ok := errors.AsType[*yaml.SyntaxError](err); ok {
		message, hint := syntax(e.Message)
		return nil, fault(at(e.Token), "", message, hint)
	}
	return nil, fault(place{1, 1}, "", "the file cannot be read as YAML", "")
}

// syntax words the complaints that newcomers meet most, and keeps the library's words for the others.
func syntax(message string) (said, hint string) {
	switch {
	case strings.Contains(message, "mapping value is not allowed"):
		return "a colon and a space make a name and a value, and there can be none here",
			"put text that has \": \" in it in quotes, and begin names that belong together in one column"
	case strings.Contains(message, "cannot start any token") && strings.Contains(message, "\t"):
		return "the line begins with a tab", "YAML is indented with spaces"
	case strings.Contains(message, "could not find end character"):
		return "a text in quotes is not closed", "close it with the quote that opens it"
	case strings.Contains(message, "reserved character"):
		return "text cannot begin with this character", "put the text in quotes"
	case strings.Contains(message, "must be specified"), strings.Contains(message, "not found"):
		return "a list or object in brackets is not closed: " + message, "close it, or write one item a line"
	}
	return "this is not YAML: " + message, ""
}

// readable finds bytes that are not UTF-8 and control characters, which have no place in a plan.
func readable(text string) *document.Fault {
	line, from := 1, 0
	for i, r := range text {
		switch {
		case r == '\n':
			line, from = line+1, i+1
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd"):
			where := place{line, utf8.RuneCountInString(text[from:i]) + 1}
			if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
				return fault(place{1, 1}, "", "the file is in UTF-16", "save it as UTF-8")
			}
			return fault(where, "", "bytes that are not UTF-8, beginning with "+strconv.FormatInt(int64(text[i]), 16)+" in hexadecimal", "save the file as UTF-8")
		case r < ' ' && r != '\t' && r != '\r', r == 0x7f:
			where := place{line, utf8.RuneCountInString(text[from:i]) + 1}
			return fault(where, "", "the control character "+strconv.QuoteRuneToASCII(r)+" stands here", "take it out, or write it as an escape in double quotes")
		}
	}
	return nil
}

// shallow refuses text that is nested deeper than any plan, before anything walks it. In block style each level begins
// further to the right, but for a list in an object, so the column bounds the depth.
func shallow(tokens token.Tokens) *document.Fault {
	flow, marks := 0, 0
	for _, t := range tokens {
		deep := false
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
			deep = flow > maxDepth
		case token.SequenceEndType, token.MappingEndType:
			flow = max(flow-1, 0)
		case token.SequenceEntryType, token.MappingKeyType:
			deep = flow == 0 && at(t).column > maxIndent
		case token.MappingValueType:
			deep = flow == 0 && t.Prev != nil && at(t.Prev).line == at(t).line && at(t.Prev).column > maxIndent
		}
		switch t.Type {
		case token.AnchorType, token.TagType:
			marks++
			deep = deep || marks > 2*maxMarks
		case token.MappingValueType, token.SequenceEntryType, token.CollectEntryType:
			marks = 0
		}
		if deep {
			return fault(at(t), "", "nested too deep for a plan", "a plan is a few lists of records; take out what encloses them")
		}
	}
	return nil
}

// start is the place where a value begins: for an object in block style, that of its first name.
func start(n ast.Node) place {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return at(n.Values[0].Key.GetToken())
		}
	case *ast.MappingValueNode:
		return at(n.Key.GetToken())
	}
	return at(n.GetToken())
}
