package record_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
)

func TestParseQuantity(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "73.8": 73.8, "73.80": 73.8, "-4": -4, "-0.50": -0.5, "007": 7, "1500000": 1.5e6,
		strings.Repeat("9", record.MaxQuantity): 1e40, "0." + strings.Repeat("0", record.MaxQuantity-3) + "1": 1e-38,
	} {
		q, err := record.ParseQuantity(text)
		require.NoError(t, err, text)
		assert.Equal(t, text, q.String(), "the text stays")
		assert.Equal(t, want, q.Float())
		assert.False(t, q.IsZero())
		b, err := q.MarshalText()
		require.NoError(t, err)
		var back record.Quantity
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, q, back)
	}
	for text, way := range map[string]string{
		"1,500,000": `write "1500000" and put the unit into the indicator`,
		"73.8%":     `write "73.8" and put the unit into the indicator`,
		"£12":       `write "12" and put the unit into the indicator`,
		"1 000":     `write "1000" and put the unit into the indicator`,
		"1_000":     `write "1000" and put the unit into the indicator`,
		"NaN":       `write digits with at most one point, such as "73.8"`,
		"Inf":       `write digits with at most one point, such as "73.8"`,
		"1e5":       `write digits with at most one point, such as "73.8"`,
		"0x10":      `write digits with at most one point, such as "73.8"`,
		"":          `write digits`, ".5": `write digits`, "5.": `write digits`, "+5": `write digits`, "--5": `write digits`,
		"-": `write digits`, "1.2.3": `write digits`, "١": `write digits`, " 5": `write "5"`,
		strings.Repeat("9", record.MaxQuantity+1): `it has 41 bytes, and 40 are the most: round it, or count in a larger unit`,
	} {
		_, err := record.ParseQuantity(text)
		fault, ok := errors.AsType[*record.QuantityError](err)
		require.True(t, ok, "%q", text)
		assert.Equal(t, text, fault.Text)
		assert.ErrorContains(t, err, way, "%q", text)
		q := record.Number(3)
		assert.Error(t, q.UnmarshalText([]byte(text)))
		assert.Equal(t, record.Number(3), q)
	}
}

func TestNumber(t *testing.T) {
	for f, text := range map[float64]string{0: "0", 73.8: "73.8", -0.5: "-0.5", 1e21: "1000000000000000000000"} {
		assert.Equal(t, text, record.Number(f).String())
		assert.Equal(t, f, record.Number(f).Float())
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, 1e-300, math.MaxFloat64, math.SmallestNonzeroFloat64} {
		assert.True(t, record.Number(f).IsZero(), "%v", f)
	}
	assert.True(t, record.Quantity{}.IsZero())
	assert.False(t, record.Number(0).IsZero(), "nought is set")
}

func FuzzQuantity(f *testing.F) {
	for _, s := range []string{"", "0", "-0", "73.80", "1e5", "1,5", "NaN", strings.Repeat("1", 41), "-.5", "5.", "0.1"} {
		f.Add(s, 0.1)
	}
	f.Add("", 1e39)
	f.Add("", -1.7976931348623157e308)
	f.Fuzz(func(t *testing.T, s string, n float64) {
		if q, err := record.ParseQuantity(s); err == nil {
			assert.Equal(t, s, q.String())
			exact, ok := new(big.Rat).SetString(s)
			require.True(t, ok)
			nearest, _ := exact.Float64()
			assert.Equal(t, nearest, q.Float(), "the nearest number to the decimal")
		} else {
			_, typed := errors.AsType[*record.QuantityError](err)
			assert.True(t, typed)
		}
		if q := record.Number(n); !q.IsZero() {
			back, err := record.ParseQuantity(q.String())
			require.NoError(t, err, "what a number prints is read again")
			assert.Equal(t, n, back.Float())
		}
	})
}

func TestMoney(t *testing.T) {
	for text, want := range map[string]record.Money{
		"12.50 GBP":                 {Minor: 1250, Currency: "GBP"},
		"0.00 GBP":                  {Currency: "GBP"},
		"-0.05 GBP":                 {Minor: -5, Currency: "GBP"},
		"0.05 GBP":                  {Minor: 5, Currency: "GBP"},
		"-12.00 GBP":                {Minor: -1200, Currency: "GBP"},
		"100 JPY":                   {Minor: 100, Currency: "JPY"},
		"0 JPY":                     {Currency: "JPY"},
		"1.234 KWD":                 {Minor: 1234, Currency: "KWD"},
		"92233720368547758.07 GBP":  {Minor: math.MaxInt64, Currency: "GBP"},
		"-92233720368547758.08 GBP": {Minor: math.MinInt64, Currency: "GBP"},
		"-9223372036854775808 JPY":  {Minor: math.MinInt64, Currency: "JPY"},
	} {
		m, err := record.ParseMoney(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, m)
		assert.Equal(t, text, m.String())
		b, err := m.MarshalText()
		require.NoError(t, err)
		var back record.Money
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, m, back)
		assert.False(t, m.IsZero(), "nought pounds is set")
	}
	for text, want := range map[string]string{"5 GBP": "5.00 GBP", "1.5 GBP": "1.50 GBP", "-0.00 GBP": "0.00 GBP", "1 KWD": "1.000 KWD"} {
		m, err := record.ParseMoney(text)
		require.NoError(t, err)
		assert.Equal(t, want, m.String(), "all minor digits are written")
	}
	for text, want := range map[string]string{
		"12.505 GBP":               `"12.505 GBP" has more than 2 decimals: round it to the currency's minor unit`,
		"1.5 JPY":                  `"1.5 JPY" has more than 0 decimals: round it to the currency's minor unit`,
		"1.2345 KWD":               `"1.2345 KWD" has more than 3 decimals: round it to the currency's minor unit`,
		"92233720368547758.08 GBP": `"92233720368547758.08 GBP" does not fit: an amount is at most 9223372036854775807 minor units, such as pence`,
		"12.50":                    `"12.50" is no amount of money: write the amount and the currency, such as "12.50 GBP"`,
		"12.50 gbp":                ``, "GBP 12.50": ``, "£12.50": ``, "12.50  GBP": ``, "12.50 GB": ``, "12.50 GBPX": ``, "1,000 GBP": ``, "1e3 GBP": ``, "": ``, " GBP": ``,
	} {
		_, err := record.ParseMoney(text)
		_, ok := errors.AsType[*record.MoneyError](err)
		require.True(t, ok, "%q", text)
		if want != "" {
			assert.EqualError(t, err, want)
		}
		m := record.Money{Minor: 1, Currency: "EUR"}
		assert.Error(t, m.UnmarshalText([]byte(text)))
		assert.Equal(t, record.Money{Minor: 1, Currency: "EUR"}, m)
	}
	assert.Empty(t, record.Money{}.String())
	assert.True(t, record.Money{}.IsZero())
	assert.Equal(t, 2, record.Currency("EUR").Digits())
}

func FuzzMoney(f *testing.F) {
	for _, minor := range []int64{0, 1, -5, 99, 100, math.MaxInt64, math.MinInt64} {
		for _, c := range []string{"GBP", "JPY", "KWD"} {
			f.Add(minor, c, "12.50 GBP")
		}
	}
	f.Fuzz(func(t *testing.T, minor int64, code, text string) {
		if _, err := record.ParseMoney("1 " + code); err == nil {
			m := record.Money{Minor: minor, Currency: record.Currency(code)}
			back, err := record.ParseMoney(m.String())
			require.NoError(t, err)
			assert.Equal(t, m, back)
			amount, _, _ := strings.Cut(m.String(), " ")
			exact, ok := new(big.Rat).SetString(amount)
			require.True(t, ok)
			exact.Mul(exact, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.Currency.Digits())), nil)))
			assert.Zero(t, exact.Cmp(new(big.Rat).SetInt64(minor)), "the text is the amount")
		}
		if m, err := record.ParseMoney(text); err == nil {
			again, err := record.ParseMoney(m.String())
			require.NoError(t, err)
			assert.Equal(t, m, again)
		}
	})
}

func TestValue(t *testing.T) {
	for _, c := range []struct {
		v       record.Value[int]
		why     string
		known   bool
		zero    bool
		plainly bool
	}{
		{record.Value[int]{}, "not recorded", false, true, false},
		{record.Known(0), "known", true, false, true},
		{record.Withheld[int]("commercial confidence"), "withheld (commercial confidence)", false, false, false},
		{record.Unknown[int](""), "unknown", false, false, false},
		{record.Pending[int]("due in May"), "pending (due in May)", false, false, false},
		{record.Value[int]{State: record.StateNotApplicable}, "not-applicable", false, false, false},
		{record.Value[int]{Ground: "nobody asked"}, "not recorded (nobody asked)", false, false, false},
		{record.Value[int]{V: 3, State: record.StateKnown, Ground: "revised"}, "known (revised)", true, false, false},
	} {
		assert.Equal(t, c.why, c.v.Why())
		_, known := c.v.Get()
		assert.Equal(t, c.known, known, c.why)
		assert.Equal(t, c.zero, c.v.IsZero(), c.why)
		assert.Equal(t, c.plainly, c.v.EncodesPlain(), c.why)
	}
	var v record.Value[int]
	v.V = 4
	v.DecodedPlain()
	assert.Equal(t, record.Known(4), v)
}
