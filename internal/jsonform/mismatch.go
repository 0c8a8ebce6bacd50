package jsonform

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// mismatch passes over the value at pos, which starts with c and is not of the form wanted, and records what was found instead.
func (r *reader) mismatch(c byte, s *shape) {
	at := r.pos
	switch {
	case c == '"' || c == '{' || c == '[' || c == '-' || c-'0' <= 9 || c == 't' || c == 'f' || c == 'n':
	default:
		r.noValue(c)
		return
	}
	if fine := r.skip(); !fine && c != '{' && c != '[' {
		return // not JSON at all, which has been said
	}
	token := ""
	if c != '{' && c != '[' {
		token = r.text[at:r.pos]
	}
	wanted := s
	if s.form == Either {
		wanted = s.plain.shape
	}
	found, hint := "", ""
	switch c {
	case '{':
		found = "an object"
	case '[':
		found = "an array"
	case '"':
		content := token[1 : len(token)-1]
		found = "text " + brief(content)
		switch {
		case wanted.form == Bool && (content == "true" || content == "false"), wanted.number() && len(content) < 40 && isNumber(content):
			hint = "write " + content + " without quotes"
		}
	case 'n':
		r.fault(Null, at, "found null, want "+s.want, "leave the member out")
		return
	case 't', 'f':
		found = token
	default:
		found = "number " + token
		if len(token) > 40 {
			found = "number " + token[:40] + "…"
		}
	}
	if token != "" && len(token) <= 60 {
		switch {
		case (wanted.form == Text || wanted.form == String) && c != '"':
			hint = `write "` + token + `"`
		case wanted.form == List && wanted.elem.starts(c) && wanted.elem.scalar():
			hint = "write [" + token + "]"
		}
	}
	r.fault(WrongType, at, "found "+found+", want "+s.want, hint)
}

func (s *shape) number() bool { return s.form == Int || s.form == Uint || s.form == Float }

func (s *shape) scalar() bool {
	return s.number() || s.form == Text || s.form == String || s.form == Bool
}

// numberValue reads the number at pos into v.
func (r *reader) numberValue(v reflect.Value, s *shape) bool {
	lo, hi, whole, ok := r.number()
	if !ok {
		return false
	}
	text := r.text[lo:hi]
	switch {
	case s.form == Float:
		return r.float(v, lo, text)
	case !whole:
		r.fault(WrongType, lo, "found number "+brief(text)+", want "+s.want, "write it without fraction and exponent")
		return false
	case s.form == Int:
		n, err := strconv.ParseInt(text, 10, s.typ.Bits())
		if err != nil {
			top := uint64(1) << (s.typ.Bits() - 1)
			r.fault(OutOfRange, lo, text[:min(len(text), 40)]+" is out of range: want -"+strconv.FormatUint(top, 10)+" to "+strconv.FormatUint(top-1, 10), "")
			return false
		}
		v.SetInt(n)
	default:
		n, err := strconv.ParseUint(text, 10, s.typ.Bits())
		if err != nil {
			r.fault(OutOfRange, lo, text[:min(len(text), 40)]+" is out of range: want 0 to "+strconv.FormatUint(math.MaxUint64>>(64-s.typ.Bits()), 10), "")
			return false
		}
		v.SetUint(n)
	}
	return true
}

// float sets v to the number text, and refuses one that v would not give back: beyond the range of a float64, or with digits it drops.
func (r *reader) float(v reflect.Value, at int, text string) bool {
	number, err := strconv.ParseFloat(text, 64)
	const (
		sure   = 15     // as many significant digits as any float64 keeps,
		normal = 1e-300 // unless it is smaller than about this
	)
	switch {
	case errors.Is(err, strconv.ErrRange):
		r.fault(OutOfRange, at, "number "+brief(text)+" is too large for a float64", "")
		return false
	case len(text) <= sure && math.Abs(number) >= normal || strings.Trim(text, "-0.") == "":
	default:
		digits, exponent := decimal(text)
		kept, keptExponent := decimal(strconv.FormatFloat(number, 'e', -1, 64))
		switch {
		case digits == kept && exponent == keptExponent:
		case kept == "":
			r.fault(OutOfRange, at, "number "+brief(text)+" is too small to tell from zero", "")
			return false
		default:
			short := strconv.FormatFloat(number, 'g', -1, 64)
			r.fault(TooPrecise, at, "number "+brief(text)+" has more digits than a float64 keeps", "write "+short)
			return false
		}
	}
	v.SetFloat(number)
	return true
}

// decimal returns the significant digits of a JSON number, without zeros at either end, and the power of ten of the first;
// "" and 0 for zero. An exponent beyond the reach of an int is cut to the largest.
func decimal(text string) (digits string, exponent int) {
	text = strings.TrimPrefix(text, "-")
	if e := strings.IndexAny(text, "eE"); e >= 0 {
		exponent, _ = strconv.Atoi(text[e+1:])
		text = text[:e]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	digits = strings.TrimLeft(whole+fraction, "0")
	exponent += len(whole) - 1 - (len(whole) + len(fraction) - len(digits))
	if digits = strings.TrimRight(digits, "0"); digits == "" {
		return "", 0
	}
	return digits, exponent
}
