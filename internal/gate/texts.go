package gate

import (
	"fmt"
	"go/types"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"
)

// hype are words that praise, or that tell the reader how easy it is.
var hype = regexp.MustCompile(`(?i)\b(?:powerful|blazing|blazingly|seamless|seamlessly|world-class|revolutionary|effortless|effortlessly|` +
	`cutting-edge|state-of-the-art|game-changing|game-changer|best-in-class|next-generation|lightning-fast|supercharge[sd]?|unleash(?:es|ed)?|` +
	`battle-tested|enterprise-grade|production-ready|delightful|magical)\b`)

// hasty are words that documents do without and code may use in another sense.
var hasty = regexp.MustCompile(`(?i)\b(?:just|simply|easily|obviously|of course|trivially)\b`)

// later matches what is left to be done. The words are cut in two so that this file does not hold them.
var later = regexp.MustCompile(`\b(?:TO` + `DO|FIX` + `ME|X` + `XX|HA` + `CK)\b|(?i)\bnot (?:yet )?imple` + `mented\b|\blorem ` + `ipsum\b`)

func checkWords(t *Tree, fault func(Fault)) {
	for _, x := range t.Texts {
		if !written(x.Name) {
			continue
		}
		document, fenced := path.Ext(x.Name) == ".md", false
		n := 0
		for line := range strings.Lines(x.Data) {
			n++
			at := fmt.Sprintf("%s:%d", x.Name, n)
			for _, w := range later.FindAllString(line, -1) {
				fault(Fault{At: at, Name: w, Text: "finish it, or open an issue"})
			}
			trimmed := strings.TrimSpace(line)
			if strings.HasPrefix(trimmed, "```") {
				fenced = !fenced
			}
			if fenced || strings.HasPrefix(trimmed, ">") || strings.HasPrefix(x.Name, "internal/gate/") {
				continue
			}
			found := hype.FindAllString(line, -1)
			// Tables and the catalogue of rules are made from the code.
			if document && !strings.HasPrefix(trimmed, "|") && x.Name != "docs/rules.md" {
				found = append(found, hasty.FindAllString(line, -1)...)
			}
			for _, w := range found {
				fault(Fault{At: at, Name: strings.ToLower(w), Text: "say what is the case and leave this word out"})
			}
		}
	}
}

// written reports whether people wrote the file: Go, documents, scripts and settings, and no data.
func written(name string) bool {
	if strings.Contains(name, "testdata/") {
		return false
	}
	switch path.Ext(name) {
	case ".go", ".md", ".sh", ".yml", ".yaml", ".cff", ".html", ".css", ".js", "":
		return true
	}
	return name == ".ci/run" || name == ".editorconfig"
}

// machine matches absolute paths of one machine, and registry the hosts that packages are fetched from. Both are cut in two
// so that this file does not hold them.
var (
	machine  = regexp.MustCompile(`(?:^|[\s"'(=:` + "`" + `])(/(?:ho` + `me|ro` + `ot|Us` + `ers|tm` + `p|wo` + `rk|mn` + `t|va` + `r/folders)/[\w.-]*)|\b[A-Z]:\\Us` + `ers`)
	registry = regexp.MustCompile(`\b(?:pro` + `xy\.golang\.org|su` + `m\.golang\.org|gopro` + `xy\.\w+|regis` + `try\.\w+\.\w+|py` + `pi\.org|cra` + `tes\.io|artifac` + `tory|do` + `cker\.io|gh` + `cr\.io)\b`)
)

func checkPlaces(t *Tree, fault func(Fault)) {
	for _, x := range t.Texts {
		n := 0
		for line := range strings.Lines(x.Data) {
			n++
			for _, m := range machine.FindAllString(line, -1) {
				fault(Fault{At: fmt.Sprintf("%s:%d", x.Name, n), Name: strings.Trim(m, " \t\"'(=:`"), Text: "is a path of one machine"})
			}
			for _, m := range registry.FindAllString(line, -1) {
				fault(Fault{At: fmt.Sprintf("%s:%d", x.Name, n), Name: m, Text: "is the host of a registry: which one is used is for each machine to say"})
			}
		}
	}
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	command = regexp.MustCompile(`(?:^|[\s` + "`" + `$])(go (?:run|test|build|vet|generate|doc|install)\b[^` + "`" + `#|>;&\n]*|\.ci/run\b)`)
	goName  = regexp.MustCompile("`([a-z]+)\\.([A-Z]\\w*)(?:\\.([A-Z]\\w*))?[^`]*`")
	heading = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*\s*$`)
)

// checkReferences follows the relative links of documents, and looks up the folders and packages that their commands name and
// the names in Go that they mention.
func checkReferences(t *Tree, fault func(Fault)) {
	exists := func(name string) bool {
		_, file := t.Text(name)
		return file || t.Folders[name]
	}
	for _, x := range t.Texts {
		if path.Ext(x.Name) != ".md" || strings.Contains(x.Name, "testdata/") {
			continue
		}
		n, fenced := 0, false
		for line := range strings.Lines(x.Data) {
			n++
			at := fmt.Sprintf("%s:%d", x.Name, n)
			for _, m := range command.FindAllStringSubmatch(line, -1) {
				for _, wrong := range t.checkCommand(m[1]) {
					fault(Fault{At: at, Name: "", Text: wrong})
				}
			}
			if strings.HasPrefix(strings.TrimSpace(line), "```") {
				fenced = !fenced
			}
			if fenced {
				continue
			}
			for _, m := range goName.FindAllStringSubmatch(line, -1) {
				if !t.named(m[1], m[2], m[3]) {
					fault(Fault{At: at, Name: m[0], Text: "there is no such name in Go"})
				}
			}
			for _, m := range link.FindAllStringSubmatch(line, -1) {
				u, err := url.Parse(m[1])
				if err != nil {
					fault(Fault{At: at, Name: m[1], Text: "is no link"})
					continue
				}
				if u.Scheme != "" || u.Host != "" {
					continue
				}
				to := x.Name
				if u.Path != "" {
					to = path.Join(path.Dir(x.Name), u.Path)
				}
				if !exists(to) {
					fault(Fault{At: at, Name: m[1], Text: "the link leads nowhere"})
				} else if u.Fragment != "" && path.Ext(to) == ".md" && !t.hasAnchor(to, u.Fragment) {
					fault(Fault{At: at, Name: m[1], Text: "there is no such heading"})
				}
			}
		}
	}
}

// named reports whether a public package of that name has an exported name, and that a member; it has no objection to names
// of other packages.
func (t *Tree) named(pkg, name, member string) bool {
	known := false
	for _, p := range t.Packages {
		if !p.IsPublic() || p.Name != pkg || p.Types == nil {
			continue
		}
		known = true
		if o := p.Types.Scope().Lookup(name); o != nil {
			if member == "" {
				return true
			}
			found, _, _ := types.LookupFieldOrMethod(o.Type(), true, p.Types, member)
			return found != nil
		}
	}
	return !known
}

// checkCommand says what is wrong with a command of a document: the packages it names must exist, those it runs must be
// programs.
func (t *Tree) checkCommand(cmd string) []string {
	var wrong []string
	args := strings.Fields(cmd)
	if args[0] == ".ci/run" {
		if _, ok := t.Text(".ci/run"); !ok {
			wrong = append(wrong, "there is no .ci/run")
		}
		return wrong
	}
	run := args[1] == "run"
	named := false
	for _, a := range args[2:] {
		a = strings.Trim(a, `"'.,:)`+"`")
		if strings.HasPrefix(strings.TrimSpace(a), "/") { // "./..." and "./x" lose their dot above
			a = "." + a
		}
		a, _, _ = strings.Cut(a, "@")
		folder, ok := strings.CutPrefix(a, "./")
		if !ok {
			folder, ok = strings.CutPrefix(a, t.Module+"/")
		}
		if !ok || run && named { // what follows the program are its own arguments
			continue
		}
		named = true
		folder = strings.TrimSuffix(strings.TrimSuffix(folder, "..."), "/")
		if folder == "" {
			continue
		}
		switch p := t.Package(folder); {
		case !t.Folders[folder]:
			wrong = append(wrong, cmd+": there is no folder "+folder)
		case run && (p == nil || p.Name != "main"):
			if _, nested := t.Text(folder + "/main.go"); !nested {
				wrong = append(wrong, cmd+": "+folder+" is no program")
			}
		}
	}
	return wrong
}

// hasAnchor reports whether a document has a heading that the usual renderers give that anchor.
func (t *Tree) hasAnchor(name, anchor string) bool {
	data, _ := t.Text(name)
	for line := range strings.Lines(data) {
		if m := heading.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil && anchorOf(m[1]) == anchor {
			return true
		}
	}
	return strings.Contains(data, `id="`+anchor+`"`) || strings.Contains(data, `name="`+anchor+`"`)
}

func anchorOf(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	return b.String()
}

// checkLicence looks for the one licence that sites which show documentation understand: a second text beside it, or one
// that is not theirs, would hide the documentation of the module.
func checkLicence(t *Tree, fault func(Fault)) {
	licence, ok := t.Text("LICENCE")
	if !ok {
		fault(Fault{At: "LICENCE", Text: "is missing"})
	}
	squeezed := strings.Join(strings.Fields(licence), " ")
	for _, want := range []string{"MIT License", "Permission is hereby granted, free of charge, to any person obtaining a copy", `THE SOFTWARE IS PROVIDED "AS IS"`} {
		if ok && !strings.Contains(squeezed, want) {
			fault(Fault{At: "LICENCE", Text: fmt.Sprintf("does not read as the MIT licence: no %q", want)})
		}
	}
	if strings.Count(squeezed, "Permission is hereby granted") > 1 || strings.Contains(squeezed, "Open Government Licence") {
		fault(Fault{At: "LICENCE", Text: "holds a second licence"})
	}
	second := regexp.MustCompile(`(?i)^(licen[cs]es?|copying|unlicense|notice)\b`)
	for _, x := range t.Texts {
		if !strings.Contains(x.Name, "/") && x.Name != "LICENCE" && second.MatchString(x.Name) {
			fault(Fault{At: x.Name, Text: "is a second licence at the root"})
		}
	}
}
