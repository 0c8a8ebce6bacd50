package calendar

// Certainty answers a question about days that may be known only roughly. The zero Certainty is unset: nothing was asked.
// The values are ordered, so that < and min work: [No] < [Possibly] < [Certainly].
type Certainty uint8

const (
	// No means that the records rule it out.
	No Certainty = iota + 1
	// Possibly means that the records allow it and do not settle it.
	Possibly
	// Certainly means that it follows from the records, however the rough dates in them turn out.
	Certainly
)

var certainties = names{typ: "certainty", texts: []string{"", "no", "possibly", "certainly"}}

// String returns "no", "possibly" or "certainly", "" for the zero Certainty, and "certainty(9)" for a value that is none of them.
func (c Certainty) String() string { return certainties.string(int(c)) }

// AppendText appends the text of [Certainty.String] to b; a value that is none of the constants is a [*NameError].
func (c Certainty) AppendText(b []byte) ([]byte, error) { return certainties.append(b, int(c)) }

// MarshalText returns the text of [Certainty.String]; a value that is none of the constants is a [*NameError].
func (c Certainty) MarshalText() ([]byte, error) { return certainties.append(nil, int(c)) }

// UnmarshalText reads what [Certainty.MarshalText] writes, the empty text as the zero Certainty. Any other text is a [*NameError].
func (c *Certainty) UnmarshalText(text []byte) error {
	i, err := certainties.parse(string(text))
	if err == nil {
		*c = Certainty(i)
	}
	return err
}
