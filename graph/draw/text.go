package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How wide text is, is a guess: the reader's font is not known. The table is that of wide fonts, so that text in nearly
// any font fits.

// unshown reports whether r has no business in a label: format characters that reorder or hide the text around them.
// Joiners, which Arabic, Indic scripts and emoji need, are kept.
func unshown(r rune) bool {
	switch {
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x206f: // directional embedding, override and isolate
		return true
	case r == 0x061c, r == 0x200b, r == 0x200e, r == 0x200f, r == 0x2060, r == 0xfeff, r == 0x00ad, r == 0x180e:
		return true
	case r >= 0xe0000 && r <= 0xe0fff, r >= 0xfff0 && r <= 0xfffb: // tags, specials
		return true
	}
	return false
}

// clean returns s as one line of displayable text: control characters and white space become single spaces, unshown
// characters go, and what is not valid UTF-8 or not allowed in XML becomes U+FFFD. Linear in s.
func clean(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unshown(r):
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
			continue
		case r == 0xfffe || r == 0xffff:
			r = utf8.RuneError
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// shorten returns s if it has at most limit runes, else its first limit-1 and an ellipsis.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n, cut := 0, 0
	for i := range s {
		if n == limit-1 {
			cut = i
		}
		if n == limit {
			return strings.TrimRight(s[:cut], " ") + "…"
		}
		n++
	}
	return s
}

// ascii holds the wider of DejaVu Sans' and Verdana's advance widths for ' ' to '~', in thousandths of the font size.
var ascii = [95]uint16{
	352, 401, 460, 838, 637, 951, 780, 275, 454, 454, 500, 838, 364, 454, 364, 454,
	637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 454, 454, 838, 838, 838, 545,
	1000, 685, 699, 727, 771, 632, 576, 788, 752, 421, 455, 693, 558, 863, 749, 788,
	604, 788, 695, 684, 637, 732, 685, 989, 686, 637, 686, 454, 454, 454, 838, 637,
	637, 613, 635, 550, 635, 616, 353, 635, 634, 278, 345, 592, 278, 975, 634, 612,
	635, 635, 427, 521, 394, 634, 592, 818, 592, 592, 525, 637, 454, 637, 838,
}

// advance returns the width of r in thousandths of the font size; 0 for marks that stand on the letter before.
func advance(r rune) int {
	switch {
	case r < ' ':
		return 0
	case r <= '~':
		return int(ascii[r-' '])
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		if unicode.IsUpper(r) {
			return 820
		}
		return 680
	case r == 0xfdfd, r == 0xfdfa, r == 0x2e3b, r >= 0x12000 && r <= 0x1254f: // single characters as wide as a word
		return 9000
	case r <= 0x11ff, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
		r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0x20000 && r <= 0x3ffff:
		return 1050
	case r >= 0x1f000:
		return 1400
	}
	return 1000
}

// textWidth returns the width of s in pixels at the given font size, rounded up.
func textWidth(s string, size int) int {
	sum := 0
	for _, r := range s {
		sum += advance(r)
	}
	return (sum*size + 999) / 1000
}

const (
	maxMarks  = 3   // marks kept on one letter: more climb over the lines above
	maxShown  = 600 // runes looked at when wrapping: no label shows more
	breakable = "/-_.,:;\\|"
)

// wrap breaks clean text into at most lines lines, each at most width pixels at the given font size, the last ending in
// an ellipsis if text was left out. It breaks at spaces, after punctuation, and inside a word only if the word alone is
// too wide. It never parts a mark from its letter. Time is bounded by maxShown.
func wrap(s string, width, size, lines int) []string {
	limit := width * 1000 / size
	type cell struct { // a letter with its marks
		text string
		w    int
		end  int // 1: may break before the next cell; 2: is a space
	}
	var cells []cell
	cut := false
	marks, joined := 0, false
	for i, r := range s {
		if len(cells) >= maxShown {
			cut = true
			break
		}
		a := advance(r)
		if (a == 0 || joined) && len(cells) > 0 {
			joined = r == 0x200d && marks < maxMarks
			if marks++; marks <= maxMarks || joined {
				cells[len(cells)-1].text += string(r)
			}
			continue
		}
		marks, joined = 0, false
		c := cell{text: s[i : i+utf8.RuneLen(r)], w: a}
		if r == utf8.RuneError {
			c.text = "\ufffd"
		}
		if r == ' ' {
			c.end = 2
		} else if strings.ContainsRune(breakable, r) || a >= 1050 && unicode.IsLetter(r) {
			c.end = 1
		}
		cells = append(cells, c)
	}

	var out []string
	for len(cells) > 0 && len(out) < lines {
		w, n, good := 0, 0, 0 // width and cells of the line; cells up to the last place to break
		for n < len(cells) && (w+cells[n].w <= limit || n == 0 || cells[n].end == 2) {
			w += cells[n].w
			n++
			if cells[n-1].end > 0 {
				good = n
			}
		}
		if n < len(cells) && good > 0 {
			n = good
		}
		var b strings.Builder
		last := len(out) == lines-1 && (n < len(cells) || cut) || n == len(cells) && cut
		if last {
			w = 0
			for _, c := range cells[:n] {
				w += c.w
			}
			for n > 1 && w > limit-1000 {
				n--
				w -= cells[n].w
			}
		}
		for _, c := range cells[:n] {
			b.WriteString(c.text)
		}
		line := strings.TrimSpace(b.String())
		if last {
			line += "…"
		}
		if line != "" {
			out = append(out, line)
		}
		cells = cells[n:]
		if last {
			break
		}
	}
	return out
}

// widest returns the width in pixels of the widest line.
func widest(lines []string, size int) int {
	w := 0
	for _, l := range lines {
		w = max(w, textWidth(l, size))
	}
	return w
}

// boldWidth returns the width of bold text from that of the same text in regular weight; boldFit is its inverse.
func boldWidth(w int) int { return w * 23 / 20 }

func boldFit(w int) int { return w * 20 / 23 }

// appendXML appends s as XML character data or attribute value. Characters that XML does not allow become U+FFFD;
// directional controls, line breaks and tabs become character references, so that they reach a reader of the XML but
// not a reader of its source.
func appendXML(dst []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '\'':
			dst = append(dst, "&#39;"...)
		case r == '\t' || r == '\n' || r == '\r' || unshown(r) || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029:
			dst = append(dst, "&#x"...)
			dst = appendHex(dst, r, 1)
			dst = append(dst, ';')
		case r < ' ' || r == 0xfffe || r == 0xffff:
			dst = utf8.AppendRune(dst, utf8.RuneError)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// appendHex appends r in hexadecimal capitals, at least digits long.
func appendHex(dst []byte, r rune, digits int) []byte {
	started := false
	for shift := 28; shift >= 0; shift -= 4 {
		d := r >> shift & 15
		if d != 0 || shift < 4*digits || started {
			started = true
			dst = append(dst, "0123456789ABCDEF"[d])
		}
	}
	return dst
}

// appendID appends id with every character for which keep is false as _xHHHH_, and so the "_x" of an id that already
// looks like that. Distinct ids stay distinct. It is the convention of .NET's XmlConvert.EncodeNmToken.
func appendID(dst []byte, id string, keep func(rune) bool) []byte {
	for i, r := range id {
		if keep(r) && !(r == '_' && strings.HasPrefix(id[i:], "_x")) {
			dst = utf8.AppendRune(dst, r)
			continue
		}
		dst = append(dst, "_x"...)
		dst = appendHex(dst, r, 4)
		dst = append(dst, '_')
	}
	return dst
}
