package accountability

import (
	"database/sql"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // the driver, which is SQLite itself translated to Go
)

// temporal is a bitemporal table in SQLite, in memory, each question one prepared statement. The rows of a post lie together in
// the table itself, by their first day (WITHOUT ROWID), so that a question is one search and a scan: the index that suits it best.
type temporal struct {
	db                                *sql.DB
	askHolds, askAnswerable, askChain *sql.Stmt
}

const schema = `
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
CREATE TABLE holding (post TEXT NOT NULL, from_day INT NOT NULL, until_day INT NOT NULL, since INT NOT NULL, ended INT NOT NULL,
  id TEXT NOT NULL, holder TEXT NOT NULL, PRIMARY KEY (post, from_day, since, id)) WITHOUT ROWID;
CREATE TABLE duty (subject TEXT NOT NULL, id TEXT NOT NULL, post TEXT NOT NULL, PRIMARY KEY (subject, id)) WITHOUT ROWID;
CREATE TABLE handing (taker TEXT NOT NULL, id TEXT NOT NULL, giver TEXT NOT NULL, from_day INT NOT NULL, until_day INT NOT NULL,
  most INT NOT NULL, PRIMARY KEY (taker, id)) WITHOUT ROWID;`

// held and filled are conditions on a post, ?2 the day and ?3 the instant. A post that was held and is not now passes nothing on.
func held(post string) string {
	return " FROM holding h WHERE h.post = " + post + " AND h.from_day <= ?2 AND h.until_day > ?2 AND h.since <= ?3 AND h.ended > ?3"
}

func filled(post string) string {
	return "(EXISTS (SELECT 1" + held(post) + ") OR NOT EXISTS (SELECT 1 FROM holding h WHERE h.post = " + post +
		" AND h.from_day <= ?2 AND h.until_day <= ?2 AND h.since <= ?3 AND h.ended > ?3))"
}

func newTemporal(w *workload) (*temporal, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection has a memory of its own
	t := &temporal{db: db}
	if _, err := db.Exec(schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := t.load(w); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	var err1, err2, err3 error
	t.askHolds, err1 = db.Prepare("SELECT h.id, h.holder" + held("?1"))
	t.askAnswerable, err2 = db.Prepare(`SELECT d.post, ifnull(h.id, '') FROM duty d LEFT JOIN holding h ON h.post = d.post
		AND h.from_day <= ?2 AND h.until_day > ?2 AND h.since <= ?3 AND h.ended > ?3 WHERE d.subject = ?1`)
	t.askChain, err3 = db.Prepare(`WITH RECURSIVE chain(party) AS (SELECT ?1 WHERE ` + filled("?1") + `
		UNION SELECT g.giver FROM chain c JOIN handing g ON g.taker = c.party
		WHERE g.from_day <= ?2 AND g.until_day > ?2 AND g.most >= ?4 AND (g.giver = '' OR ` + filled("g.giver") + `))
		SELECT EXISTS (SELECT 1 FROM chain WHERE party = '')`)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return t, nil
}

// load puts the workload in, in one transaction.
func (t *temporal) load(w *workload) error {
	tx, err := t.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing once committed
	holding, err1 := tx.Prepare(`INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?)`)
	duty, err2 := tx.Prepare(`INSERT INTO duty VALUES (?, ?, ?)`)
	handing, err3 := tx.Prepare(`INSERT INTO handing VALUES (?, ?, ?, ?, ?, ?)`)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	for i := range w.statements {
		s := &w.statements[i]
		if _, err := holding.Exec(s.post, s.from, s.until, s.since, s.end, s.id, s.holder); err != nil {
			return err
		}
	}
	for _, d := range w.tasks {
		if _, err := duty.Exec(d.subject, d.id, d.post); err != nil {
			return err
		}
	}
	for _, h := range w.handings {
		if _, err := handing.Exec(h.to, h.id, h.by, h.from, h.until, h.limit); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = t.db.Exec("ANALYZE")
	return err
}

// size is the bytes of its pages.
func (t *temporal) size() (float64, error) {
	var pages, size float64
	err := errors.Join(t.db.QueryRow("PRAGMA page_count").Scan(&pages), t.db.QueryRow("PRAGMA page_size").Scan(&size))
	return pages * size, err
}

func (t *temporal) holders(q *question, ids []string) []string {
	rows := must(t.askHolds.Query(q.about, q.day, q.known))
	var id, holder string
	for rows.Next() {
		must(0, rows.Scan(&id, &holder))
		ids = append(ids, id)
	}
	must(0, rows.Err())
	return ids
}

func (t *temporal) answerable(q *question, ids []string) []string {
	rows := must(t.askAnswerable.Query(q.about, q.day, q.known))
	var post, id string
	for rows.Next() {
		must(0, rows.Scan(&post, &id))
		ids = append(ids, post+" "+id)
	}
	must(0, rows.Err())
	return ids
}

func (t *temporal) may(q *question) bool {
	var is bool
	must(0, t.askChain.QueryRow(q.about, q.day, q.known, q.money).Scan(&is))
	return is
}

// must stops the program where a peer fails: there is nothing to compare then.
func must[T any](x T, err error) T {
	if err != nil {
		panic(fmt.Errorf("a peer failed: %w", err))
	}
	return x
}
