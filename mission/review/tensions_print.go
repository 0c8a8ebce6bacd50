package review

import "strings"

// String returns the view as plain text in 80 columns: both poles with what is recorded for each, what lies between, who holds
// which view and how it moved, and the open question. Programs should read the fields: the layout may change.
func (v TensionView) String() string {
	var w writer
	w.text("", "  ", v.title())
	for i := range v.Poles {
		if p := &v.Poles[i]; p.Name != "" {
			w.line("  " + p.Name)
			w.signs(p.Signs)
			if p.Silent != "" {
				w.text("    ", "      ", p.Silent)
			}
		}
	}
	if len(v.Between) > 0 {
		w.line("  between the two")
		w.signs(v.Between)
	}
	w.line("  who holds which view")
	for i := range v.Held {
		w.text("    ", "      ", v.Held[i].String())
	}
	if v.Unheld != "" {
		w.text("    ", "      ", v.Unheld)
	}
	if v.Tension.Question != "" {
		w.text("  ", "    ", "Open: "+v.Tension.Question)
	}
	return w.String()
}

func (v *TensionView) title() string {
	words := strings.TrimSpace(v.Tension.ID+" "+v.Tension.Slug) + ": "
	if v.Tension.ID == "" {
		words = quoted(v.Tension.Title) + ": "
	}
	words += v.About
	if !v.On.IsZero() {
		words += ", on " + day(v.On)
	}
	return words
}

func (w *writer) signs(signs []Sign) {
	for i := range signs {
		w.text("    ", "      ", signs[i].Text)
	}
}

// String returns the text of the sign.
func (s Sign) String() string { return s.Text }

// String says who leans which way, since when, and what was recorded before.
func (l Leaning) String() string {
	who := l.Who
	if who == "" {
		who = "Somebody not named"
	}
	words := who + ": " + leansTo(l.Pole)
	if l.Evidence.Grade.Weak() {
		words += " (" + l.Evidence.Grade.String() + ")"
	}
	if !l.Since.IsZero() {
		words += ", since " + l.Since.String()
	}
	if l.Past {
		words += ", which does not hold on the day"
	}
	words += "."
	if l.Says != "" {
		words += " " + quoted(l.Says) + "."
	}
	if len(l.Moves) > 0 {
		moves := make([]string, len(l.Moves))
		for i := range l.Moves {
			moves[i] = l.Moves[i].String()
		}
		words += " Recorded: " + strings.Join(moves, "; ") + "."
	}
	return words
}

func leansTo(pole string) string {
	if pole == "" {
		return "neither pole"
	}
	return pole
}

// String says what the record did, with its dates and its reason.
func (m Move) String() string {
	verb := m.Verb.String()
	if m.Verb == 0 {
		verb = "assert"
	}
	words := m.Evidence.Ref.String() + ", " + verb
	if m.Pole != "" {
		words += " " + m.Pole
	}
	if !m.From.IsZero() {
		words += " from " + m.From.String()
	}
	if !m.Until.IsZero() {
		words += " until " + m.Until.String()
	}
	if !m.Recorded.IsZero() {
		words += ", recorded " + m.Recorded.UTC().Format("2006-01-02")
	}
	if m.Reason != "" {
		words += ", because " + quoted(m.Reason)
	}
	return words
}
