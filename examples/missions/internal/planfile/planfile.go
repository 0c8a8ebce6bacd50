// Package planfile reads a plan that is written in JSON or in YAML, and writes it in either. Whatever the file is written
// in, every fault has the line and the column of that file.
//
// JSON goes straight to [document.Unmarshal]. YAML is turned into the same document first, one token a line, with the
// place in the YAML file that each line comes from; so both are held to the same rules, and no rule is written twice.
//
// Of YAML it takes what a plan can use: block and flow style, all kinds of text, comments, anchors, aliases, merge keys
// (<<) and the standard tags. Text need not be quoted: where the format wants text, what is written counts, so
// "due: 2030", "value: 73.80" and "name: yes" mean the texts 2030, 73.80 and yes.
package planfile

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

// Format is what a plan is written in. The zero Format is unset.
type Format uint8

// The formats of a plan.
const (
	JSON Format = iota + 1
	YAML
)

// String returns "JSON" or "YAML", and "" for the zero Format.
func (f Format) String() string {
	if f > YAML {
		return ""
	}
	return [...]string{"", "JSON", "YAML"}[f]
}

// FormatOf tells the format of a file by the end of its name, or else by its first character: a plan in JSON begins with
// "{". The data may be nil where only the name is to count; then the result may be the zero Format.
func FormatOf(name string, data []byte) Format {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json":
		return JSON
	case ".yaml", ".yml":
		return YAML
	}
	switch start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte(byteOrderMark)), " \t\r\n"); {
	case data == nil:
		return 0
	case len(start) > 0 && start[0] == '{':
		return JSON
	}
	return YAML
}

const byteOrderMark = "\ufeff"

// Unmarshal reads a plan and checks it whole. The error is a [*document.Error], whose faults come in the order of the
// file; the Spec then holds what could be read.
func Unmarshal(data []byte, format Format) (mission.Spec, error) {
	if format == JSON {
		return document.Unmarshal(data, document.Options{})
	}
	text, places, own := convert(data)
	if text == nil {
		return mission.Spec{}, &document.Error{Faults: own}
	}
	spec, err := document.Unmarshal(text, document.Options{})
	for _, f := range own {
		f.Ref = spec.At(f.Path)
	}
	faults := append(own, relocate(err, places, own)...)
	if len(faults) == 0 {
		return spec, err
	}
	slices.SortStableFunc(faults, func(a, b *document.Fault) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return spec, &document.Error{Faults: faults}
}

// relocate moves the faults of the converted document to their places in the YAML file. It leaves out those of values that
// have a fault of their own already.
func relocate(err error, places []place, own []*document.Fault) []*document.Fault {
	all, ok := err.(*document.Error)
	if !ok {
		return nil
	}
	var moved []*document.Fault
	for _, f := range all.Faults {
		if slices.ContainsFunc(own, func(o *document.Fault) bool { return o.Path != "" && o.Path == f.Path }) {
			continue
		}
		at := place{1, 1}
		if n := f.Line - 1; n >= 0 && n < len(places) {
			at = places[n]
		}
		moved = append(moved, &document.Fault{Line: at.line, Column: at.column, Path: f.Path, Ref: f.Ref, Err: f.Err})
	}
	return moved
}
