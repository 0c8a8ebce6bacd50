package record

// Table is a table of ids.
type Table struct {
	ids    []ID
	places places
}

// NewTable has room for so many ids.
func NewTable(ids int) *Table { return &Table{places: newPlaces(ids)} }

// Put adds an id unless it is there, and returns its number and whether it was.
func (t *Table) Put(id ID) (int32, bool) {
	t.ids = append(t.ids, id)
	n, known := t.places.put(id, int32(len(t.ids)-1), t.id)
	if known {
		t.ids = t.ids[:len(t.ids)-1]
	}
	return n, known
}

// Find returns the number of an id, or -1.
func (t *Table) Find(id ID) int32 { return t.places.find(id, t.id) }

// Spilt is how many ids did not find room in the table.
func (t *Table) Spilt() int { return len(t.places.spill) }

func (t *Table) id(n int32) ID { return t.ids[n] }

// Hash is where an id is looked for.
func Hash(id ID) uint32 { return hash(id) }
