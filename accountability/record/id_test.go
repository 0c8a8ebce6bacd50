package record_test

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
)

func TestParseID(t *testing.T) {
	long := strings.Repeat("a", record.MaxID)
	for _, good := range []string{"a", "0", "clean-power-2030", "a.b_c-d", "9f1c2e54-6b7a-5c3d-8e9f-001122334455", long} {
		id, err := record.ParseID(good)
		require.NoError(t, err, good)
		assert.Equal(t, record.ID(good), id)
	}
	for _, bad := range []struct{ text, suggestion, says string }{
		{"", "", `empty id: give each record a short name such as "clean-power-2030"`},
		{"Clean Power", "clean-power", `"Clean Power" is no id: use lower-case letters, digits and hyphens, such as "clean-power"`},
		{"-a", "a", ""}, {"a-", "a", ""}, {"a--b", "a-b", ""}, {"a-.b", "a-b", ""}, {"a/b", "a-b", ""}, {"é", "", `"é" is no id: use lower-case letters, digits and hyphens`},
		{"a\n", "a", ""}, {"a\x00b", "a-b", ""}, {"\xff", "", ""},
		{long + "a", long[:record.MaxID-1], ""},
	} {
		_, err := record.ParseID(bad.text)
		e, ok := errors.AsType[*record.IDError](err)
		require.True(t, ok, "%q", bad.text)
		assert.Equal(t, record.IDError{Text: bad.text, Suggestion: record.ID(bad.suggestion)}, *e)
		if bad.says != "" {
			assert.EqualError(t, err, bad.says)
		}
		id := record.ID("before")
		assert.Equal(t, err, id.UnmarshalText([]byte(bad.text)))
		assert.Equal(t, record.ID("before"), id, "a failed read changes nothing")
	}
	_, err := record.ParseID(long + "a")
	assert.ErrorContains(t, err, "it has 121 bytes, and 120 are the most")
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"", "Clean Power 2030", "---", "É", strings.Repeat("x y", 100), "a\xffb", "ÅÄÖ ab", strings.Repeat("a", 119) + " b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slug := record.Slug(s)
		if slug == "" {
			assert.False(t, strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && isLetterOrDigit(byte(r)) }))
			return
		}
		id, err := record.ParseID(string(slug))
		require.NoError(t, err)
		assert.Equal(t, slug, id)
		assert.Equal(t, slug, record.Slug(string(slug)), "a slug is its own slug, but for the length")
		if _, err := record.ParseID(s); err == nil && len(s) < record.MaxID && !strings.ContainsAny(s, "._") {
			assert.Equal(t, s, string(slug), "an id of letters, digits and hyphens is its own slug")
		}
	})
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func TestNewID(t *testing.T) {
	last := record.ID("")
	for range 100 {
		id := record.NewID()
		u, err := uuid.Parse(string(id))
		require.NoError(t, err)
		assert.Equal(t, uuid.Version(7), u.Version())
		assert.Equal(t, uuid.RFC4122, u.Variant())
		_, err = record.ParseID(string(id))
		require.NoError(t, err, "a new id is an id")
		assert.Less(t, last, id, "ids sort by the time they were made")
		last = id
	}
}

func TestParseRef(t *testing.T) {
	r, err := record.ParseRef("milestone/clean-power-2030")
	require.NoError(t, err)
	assert.Equal(t, record.Ref{Kind: "milestone", ID: "clean-power-2030"}, r)
	for _, bad := range []string{"", "/", "milestone", "milestone/", "/a", "a/b/c", "Milestone/a", "milestone/A", " milestone/a", "milestone/a "} {
		_, err := record.ParseRef(bad)
		e, ok := errors.AsType[*record.RefError](err)
		require.True(t, ok, "%q", bad)
		assert.Equal(t, bad, e.Text)
		assert.ErrorContains(t, err, `write the kind and the id, such as "milestone/clean-power-2030"`)
		before := record.Ref{Kind: "a", ID: "b"}
		assert.Error(t, before.UnmarshalText([]byte(bad)))
		assert.Equal(t, record.Ref{Kind: "a", ID: "b"}, before)
	}
	_, err = record.ParseRef(strings.Repeat("é", 100))
	assert.EqualError(t, err, `"`+strings.Repeat("é", 30)+`"… is no reference: write the kind and the id, such as "milestone/clean-power-2030"`,
		"a long text is cut between characters")
}

func TestRefOrderAndText(t *testing.T) {
	assert.True(t, record.Ref{}.IsZero())
	assert.Empty(t, record.Ref{}.String())
	in := []record.Ref{{}, {Kind: "duty", ID: "b"}, {Kind: "milestone", ID: "a"}, {Kind: "milestone", ID: "b"}}
	for i, a := range in {
		for j, b := range in {
			switch {
			case i < j:
				assert.Negative(t, a.Compare(b))
			case i > j:
				assert.Positive(t, a.Compare(b))
			default:
				assert.Zero(t, a.Compare(b))
			}
		}
		text, err := a.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, a.String(), string(text))
		var back record.Ref
		if !a.IsZero() {
			require.NoError(t, back.UnmarshalText(text))
		}
		assert.Equal(t, a, back)
	}
}

// v5 is section 5.5 of RFC 9562 written down once more, with nothing but SHA-1.
func v5(space [16]byte, name string) (u [16]byte) {
	h := sha1.Sum(append(space[:], name...))
	copy(u[:], h[:16])
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return u
}

func TestGlobalID(t *testing.T) {
	// The example of RFC 9562, appendix A.4, holds for both the oracle and the library underneath.
	const published = "2ed6657d-e927-568b-95e1-2665a8aea6a2"
	require.Equal(t, published, record.UUID(v5(uuid.NameSpaceDNS, "www.example.com")).String())
	require.Equal(t, published, uuid.NewSHA1(uuid.NameSpaceDNS, []byte("www.example.com")).String())

	for _, namespace := range []string{"", "https://example.org/plan", "https://example.org/plan/"} {
		for _, ref := range []record.Ref{{}, {Kind: "mission", ID: "health"}, {Kind: "milestone", ID: "health"}} {
			want := v5(v5(uuid.NameSpaceURL, namespace), ref.String())
			got := record.GlobalID(namespace, ref)
			assert.Equal(t, record.UUID(want), got)
			assert.Equal(t, uuid.UUID(got).String(), got.String())
			raw, err := hex.DecodeString(strings.ReplaceAll(got.String(), "-", ""))
			require.NoError(t, err)
			assert.Equal(t, want[:], raw)
		}
	}
	assert.Equal(t, "00000000-0000-0000-0000-000000000000", record.UUID{}.String())
	// Frozen: documents of others hold these.
	assert.Equal(t, "4d2d4168-ede4-5503-85ad-43a6ebb4d601", record.GlobalID("https://example.org/plan-for-change", record.Ref{Kind: "mission", ID: "clean-energy"}).String())
}
