package calendar

// Division is a part of the United Kingdom with bank holidays of its own. The zero Division is unset.
type Division uint8

const (
	// EnglandAndWales is written "england-and-wales", as GOV.UK does.
	EnglandAndWales Division = iota + 1
	// Scotland is written "scotland". Its local authorities set local holidays besides, which are not here.
	Scotland
	// NorthernIreland is written "northern-ireland".
	NorthernIreland
)

var divisions = names{typ: "division", texts: []string{"", "england-and-wales", "scotland", "northern-ireland"}}

// ParseDivision reads the text of [Division.String]. Any other text, the empty one too, is a [*NameError].
func ParseDivision(s string) (Division, error) {
	i, err := divisions.parse(s)
	if err == nil && i == 0 {
		err = divisions.err(s)
	}
	return Division(i), err
}

// String returns "england-and-wales", "scotland" or "northern-ireland", and "" for the zero Division.
func (d Division) String() string { return divisions.string(int(d)) }

// AppendText appends the text of [Division.String] to b; a value that is none of the constants is a [*NameError].
func (d Division) AppendText(b []byte) ([]byte, error) { return divisions.append(b, int(d)) }

// MarshalText returns the text of [Division.String]; a value that is none of the constants is a [*NameError].
func (d Division) MarshalText() ([]byte, error) { return divisions.append(nil, int(d)) }

// UnmarshalText reads what [Division.MarshalText] writes, the empty text as the zero Division. Any other text is a [*NameError].
func (d *Division) UnmarshalText(text []byte) error {
	i, err := divisions.parse(string(text))
	if err == nil {
		*d = Division(i)
	}
	return err
}
