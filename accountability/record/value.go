package record

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// State says what is known of a value. The zero State means that nobody has recorded anything, which is not the same as
// a statement that the value is unknown.
type State uint8

// The states of a value. The list is closed.
const (
	StateKnown         State = iota + 1 // the value is stated
	StateUnknown                        // somebody looked and could not tell
	StateWithheld                       // it exists and is kept back, on a ground that should be stated
	StatePending                        // it does not exist yet
	StateNotApplicable                  // it has no meaning here
)

var states = []string{"", "known", "unknown", "withheld", "pending", "not-applicable"}

// String returns the state's text, or "not recorded" for the zero State.
func (s State) String() string {
	if s == 0 {
		return "not recorded"
	}
	return enumText(states, s)
}

// IsZero reports whether nothing is recorded.
func (s State) IsZero() bool { return s == 0 }

// MarshalText returns the state's text.
func (s State) MarshalText() ([]byte, error) { return EnumMarshal("state", states, s) }

// UnmarshalText reads a state's text. The error is an [*EnumError], and [ErrKnown] for "known": a known value stands
// plainly.
func (s *State) UnmarshalText(b []byte) error {
	if string(b) == states[StateKnown] {
		return ErrKnown
	}
	return EnumUnmarshal("state", states, s, b)
}

// ErrKnown is the error of a document that calls a value known and does not give it.
var ErrKnown = errors.New("a known value stands plainly, without a state: write it in place of the object")

// Value is something that may be known, unknown, withheld, pending or not applicable, or of which nothing is recorded:
// that is the zero Value. In a document a known value stands plainly, and any other as an object with its state and the
// ground for it.
type Value[T any] struct {
	// V is the value; it means something only where State is [StateKnown].
	V     T     `json:"-" document:"plain"`
	State State `json:"state,omitzero"`
	// Ground says why a value is withheld, unknown or pending.
	Ground string `json:"ground,omitempty"`
}

// Known returns a stated value.
func Known[T any](v T) Value[T] { return Value[T]{V: v, State: StateKnown} }

// Withheld returns a value that is kept back on the given ground.
func Withheld[T any](ground string) Value[T] { return Value[T]{State: StateWithheld, Ground: ground} }

// Unknown returns a value that somebody has looked for and could not tell.
func Unknown[T any](ground string) Value[T] { return Value[T]{State: StateUnknown, Ground: ground} }

// Pending returns a value that does not exist yet.
func Pending[T any](ground string) Value[T] { return Value[T]{State: StatePending, Ground: ground} }

// Get returns the value and whether it is known.
func (v Value[T]) Get() (T, bool) { return v.V, v.State == StateKnown }

// IsZero reports whether nothing is recorded.
func (v Value[T]) IsZero() bool { return v.State == 0 && v.Ground == "" }

// Why says in words what is known of the value: "known", "not recorded", "withheld (ground)".
func (v Value[T]) Why() string {
	if v.Ground == "" {
		return v.State.String()
	}
	return v.State.String() + " (" + v.Ground + ")"
}

// DecodedPlain marks the value as known. A reader of documents calls it after it has read a value that stands plainly.
func (v *Value[T]) DecodedPlain() { v.State = StateKnown }

// EncodesPlain reports whether a document may show the value plainly.
func (v Value[T]) EncodesPlain() bool { return v.State == StateKnown && v.Ground == "" }

// Quantity is a decimal number with the text in which it was published, so that "73.80" stays "73.80". The zero Quantity
// is unset. Quantities with equal texts are equal.
type Quantity struct {
	text string
	f    float64
}

// MaxQuantity is the length of the longest text of a [Quantity], in bytes.
const MaxQuantity = 40

// ParseQuantity reads an optional minus sign, digits, and optionally a point and more digits: no exponent, no separators
// of thousands, no infinity. The error is a [*QuantityError].
func ParseQuantity(s string) (Quantity, error) {
	if !decimal(s) {
		return Quantity{}, &QuantityError{Text: s}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) {
		return Quantity{}, &QuantityError{Text: s}
	}
	return Quantity{text: s, f: f}, nil
}

// Number returns the Quantity of f in its shortest text. Infinities, not-a-number, and numbers so large or so small that
// their decimals do not fit in [MaxQuantity] give the zero Quantity.
func Number(f float64) Quantity {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return Quantity{}
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if len(text) > MaxQuantity {
		return Quantity{}
	}
	return Quantity{text: text, f: f}
}

func decimal(s string) bool {
	if len(s) > MaxQuantity {
		return false
	}
	s = strings.TrimPrefix(s, "-")
	whole, part, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(part))
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Float returns the number that is nearest to the text, and 0 for the zero Quantity.
func (q Quantity) Float() float64 { return q.f }

// IsZero reports whether the quantity is unset; the number nought is set.
func (q Quantity) IsZero() bool { return q.text == "" }

// String returns the text as it was read.
func (q Quantity) String() string { return q.text }

// MarshalText returns the text as it was read.
func (q Quantity) MarshalText() ([]byte, error) { return []byte(q.text), nil }

// UnmarshalText does as [ParseQuantity].
func (q *Quantity) UnmarshalText(b []byte) error {
	v, err := ParseQuantity(string(b))
	if err == nil {
		*q = v
	}
	return err
}

// A QuantityError says that a text is no decimal number.
type QuantityError struct{ Text string }

// Error suggests the bare number where the text is one with separators or a unit.
func (e *QuantityError) Error() string {
	plain := strings.NewReplacer(",", "", " ", "", "%", "", "£", "", "_", "").Replace(e.Text)
	if plain != e.Text && decimal(plain) {
		return fmt.Sprintf("%s is no decimal number: write %q and put the unit into the indicator", quote(e.Text), plain)
	}
	if len(e.Text) > MaxQuantity && len(plain) == len(e.Text) {
		return fmt.Sprintf("%s is no decimal number: it has %d bytes, and %d are the most: round it, or count in a larger unit", quote(e.Text), len(e.Text), MaxQuantity)
	}
	return quote(e.Text) + " is no decimal number: write digits with at most one point, such as \"73.8\""
}

// Money is an amount in the minor units of a currency: pence, cents. The zero Money is unset; nought pounds is set.
// Its text is the amount in major units and the currency, "12.50 GBP".
type Money struct {
	Minor    int64
	Currency Currency
}

// Currency is a three-letter code of ISO 4217.
type Currency string

// minorDigits lists the currencies whose minor unit is not a hundredth (ISO 4217, 2024 list, those in use).
var minorDigits = map[Currency]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Digits returns how many decimal digits the minor unit of the currency has: 2 unless ISO 4217 says otherwise.
func (c Currency) Digits() int {
	if n, ok := minorDigits[c]; ok {
		return n
	}
	return 2
}

func (c Currency) valid() bool {
	return len(c) == 3 && strings.Trim(string(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// ParseMoney reads an amount and a currency, as in "1500000.00 GBP". The amount has no more decimals than the currency has
// minor digits and fits 64 bits in minor units. The error is a [*MoneyError].
func ParseMoney(s string) (Money, error) {
	amount, code, ok := strings.Cut(s, " ")
	if !ok || !Currency(code).valid() || !decimal(amount) {
		return Money{}, &MoneyError{Text: s}
	}
	places := Currency(code).Digits()
	whole, part, _ := strings.Cut(amount, ".")
	if len(part) > places {
		return Money{}, &MoneyError{Text: s, Places: places, TooFine: true}
	}
	minor, err := strconv.ParseInt(whole+part+strings.Repeat("0", places-len(part)), 10, 64)
	if err != nil {
		return Money{}, &MoneyError{Text: s, TooLarge: true}
	}
	return Money{Minor: minor, Currency: Currency(code)}, nil
}

// IsZero reports whether the money is unset.
func (m Money) IsZero() bool { return m == Money{} }

// String returns the amount with all its minor digits and the currency, or "" for the zero Money.
func (m Money) String() string {
	if m.IsZero() {
		return ""
	}
	places, sign, minor := m.Currency.Digits(), "", strconv.FormatInt(m.Minor, 10)
	if m.Minor < 0 {
		sign, minor = "-", minor[1:]
	}
	if len(minor) <= places {
		minor = strings.Repeat("0", places-len(minor)+1) + minor
	}
	if places > 0 {
		minor = minor[:len(minor)-places] + "." + minor[len(minor)-places:]
	}
	return sign + minor + " " + string(m.Currency)
}

// MarshalText returns the text of the money.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText does as [ParseMoney].
func (m *Money) UnmarshalText(b []byte) error {
	v, err := ParseMoney(string(b))
	if err == nil {
		*m = v
	}
	return err
}

// A MoneyError says that a text is no amount of money.
type MoneyError struct {
	Text     string
	Places   int  // how many decimals the currency has
	TooFine  bool // the text has more
	TooLarge bool // the amount does not fit 64 bits in minor units
}

// Error says whether the text is too fine, too large, or no amount at all, and what to write.
func (e *MoneyError) Error() string {
	if e.TooFine {
		return fmt.Sprintf("%s has more than %d decimals: round it to the currency's minor unit", quote(e.Text), e.Places)
	}
	if e.TooLarge {
		return fmt.Sprintf("%s does not fit: an amount is at most %d minor units, such as pence", quote(e.Text), int64(math.MaxInt64))
	}
	return quote(e.Text) + " is no amount of money: write the amount and the currency, such as \"12.50 GBP\""
}
