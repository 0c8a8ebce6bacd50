package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	sumdb "golang.org/x/mod/sumdb/note"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

func (p *program) journal() *cobra.Command {
	c := &cobra.Command{
		Use:   "journal COMMAND",
		Short: "Keep a plan's records in a log that cannot be altered unseen",
		Long: `journal keeps the records of plans in an append-only log: what was recorded,
when and by whom. Each entry is part of a hash tree, as in certificate
transparency, so that a checkpoint kept elsewhere shows any later change of what
came before.

Names of persons do not belong in it: what has been written stays.`,
		Example: `  missions journal append plan.log plan.yaml --actor clerk --origin example.org
  missions journal verify plan.log
  missions journal prove plan.log 3 > proof.json
  missions journal replay plan.log --known 2026-01-31 > then.yaml`,
		Args: needs(1, 1, "a command: append, verify, prove or replay"),
		RunE: func(_ *cobra.Command, args []string) error {
			return fmt.Errorf("journal has no command %q: append, verify, prove or replay", args[0])
		},
	}
	c.AddCommand(p.journalAppend(), p.journalVerify(), p.journalProve(), p.journalReplay())
	return c
}

func (p *program) journalAppend() *cobra.Command {
	var actor, origin, recorded string
	c := &cobra.Command{
		Use:   "append LOG PLAN",
		Short: "Add the records of a plan that the log does not have yet",
		Long: `append adds every record of the plan whose kind and id are not in the log yet, in
the order of the plan, all or none of them. A record that is in the log already
must be the same: what was recorded is corrected by a new record, with "of",
"verb": "correct" and a reason.`,
		Example: `  missions journal append plan.log plan.yaml --actor clerk --origin example.org/plan`,
		Args:    needs(2, 2, "a log and a plan"),
		RunE: func(c *cobra.Command, args []string) error {
			at := time.Now().UTC()
			var errAt error
			if recorded != "" {
				at, errAt = time.Parse(time.RFC3339Nano, recorded)
			}
			if actor == "" {
				errAt = errors.Join(errAt, errors.New("say who appends: --actor, an id that means something to whoever keeps the list"))
			}
			if errAt != nil {
				return errAt
			}
			spec, err := p.spec(args[1])
			if err != nil {
				return err
			}
			entries, err := document.Entries(spec, record.ID(actor), at)
			if err != nil {
				return err
			}
			j, _, err := journal.OpenFile(c.Context(), args[0], journal.Options{Origin: origin})
			if err != nil {
				return err
			}
			fresh, err := unwritten(j, entries)
			if err == nil {
				_, _, err = j.Append(fresh...)
			}
			n := j.Len()
			if err := errors.Join(err, j.Close()); err != nil {
				return err
			}
			if p.json {
				return p.answer(map[string]uint64{"appended": uint64(len(fresh)), "entries": n})
			}
			p.say(p.out, "", "  ", fmt.Sprintf("%s, %s in all", count(len(fresh), "new entry"), count(int(n), "entry")))
			return nil
		},
	}
	c.Flags().StringVar(&actor, "actor", "", "the `ID` of whoever makes the change")
	c.Flags().StringVar(&origin, "origin", "", "the `NAME` of a new log, such as example.org/plan")
	c.Flags().StringVar(&recorded, "recorded", "", "the `INSTANT` of the change (default: now)")
	return c
}

// unwritten returns the entries whose records the journal does not have; one that it has with other contents is an error.
func unwritten(j *journal.Journal, entries []journal.Entry) ([]journal.Entry, error) {
	have := make(map[record.Ref][]byte)
	for e, err := range j.Entries(0, 0) {
		if err != nil {
			return nil, err
		}
		have[e.Ref()] = e.Payload
	}
	var fresh []journal.Entry
	var faults []error
	for _, e := range entries {
		before, written := have[e.Ref()]
		switch {
		case !written:
			fresh = append(fresh, e)
		case !bytes.Equal(before, e.Payload):
			faults = append(faults, fmt.Errorf("%s is in the log with other contents: what was recorded stays; correct it by a new record with \"of\": %q", e.Ref(), e.ID))
		}
	}
	return fresh, errors.Join(faults...)
}

func (p *program) journalVerify() *cobra.Command {
	var held string
	c := &cobra.Command{
		Use:   "verify LOG",
		Short: "Check every byte of a log, and that it has only grown",
		Long: `verify reads the whole log, checks each entry and every root of the tree, and
prints the checkpoint. Keep that elsewhere: with --held it shows later that
nothing before it was altered or taken away.`,
		Example: `  missions journal verify plan.log > checkpoint.txt
  missions journal verify plan.log --held checkpoint.txt`,
		Args: needs(1, 1, "a log"),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			var known []journal.Checkpoint
			if held != "" {
				text, err := p.read(held)
				if err != nil {
					return err
				}
				cp, err := journal.ParseCheckpoint(string(text))
				if err != nil {
					return err
				}
				known = append(known, cp)
			}
			report, err := journal.Verify(c.Context(), sized{f}, journal.Options{}, known...)
			if err != nil {
				p.say(p.err, shown(args[0])+": ", "  ", err.Error())
				return errFaults
			}
			if held == "" {
				p.say(p.err, "note: ", "  ", "without --held, entries cut off the end of the log would go unseen: hold it against a checkpoint that was kept elsewhere")
			}
			if p.json {
				return p.answer(map[string]any{"checkpoint": report.Checkpoint.String(), "entries": report.Checkpoint.Size, "unfinished_bytes": report.Dropped})
			}
			if report.Dropped > 0 {
				p.say(p.err, "note: ", "  ", fmt.Sprintf("the last %d bytes are an unfinished write, and no part of it", report.Dropped))
			}
			_, err = fmt.Fprint(p.out, report.Checkpoint.String())
			return err
		},
	}
	c.Flags().StringVar(&held, "held", "", "a checkpoint in a `FILE`, which must be one of this log")
	return c
}

// sized is a file that tells its length.
type sized struct{ *os.File }

// Size returns the length of the file.
func (f sized) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (p *program) journalProve() *cobra.Command {
	var key string
	c := &cobra.Command{
		Use:   "prove LOG ENTRY...",
		Short: "Print proof that entries are in a log",
		Long: `prove prints the entries, the proof that each is in the tree, and the signed
checkpoint that they are proved against, as JSON. The key that signs is read from
a file, made there at first use; its other half, which anybody may have, is
printed on standard error.`,
		Example: `  missions journal prove plan.log 3 5 --key plan.key > proof.json`,
		Args:    needs(2, many, "a log and the numbers of entries"),
		RunE: func(c *cobra.Command, args []string) error {
			var sequences []uint64
			for _, word := range args[1:] {
				n, err := strconv.ParseUint(word, 10, 64)
				if err != nil {
					return fmt.Errorf("%q is no number of an entry: they count from 1", word)
				}
				sequences = append(sequences, n)
			}
			j, _, err := journal.ReadFile(c.Context(), args[0], journal.Options{})
			if err != nil {
				return err
			}
			defer j.Close()
			signer, public, err := signer(key, j.Origin())
			if err != nil {
				return err
			}
			cp, err := j.Checkpoint()
			if err != nil {
				return err
			}
			signed, err := cp.Sign(signer)
			if err != nil {
				return err
			}
			bundle, err := j.Bundle(signed, 0, sequences...)
			if err != nil {
				return err
			}
			p.say(p.err, "verifier: ", "  ", public)
			data, err := json.MarshalIndent(bundle, "", "  ")
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.out, string(data))
			return err
		},
	}
	c.Flags().StringVar(&key, "key", "missions.key", "the `FILE` with the key that signs")
	return c
}

// signer reads a key, or makes one where the file does not exist.
func signer(file, origin string) (sumdb.Signer, string, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		secret, public, err := sumdb.GenerateKey(nil, origin)
		if err != nil {
			return nil, "", err
		}
		data = []byte(secret + "\n" + public + "\n")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			return nil, "", err
		}
	} else if err != nil {
		return nil, "", err
	}
	secret, public, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	s, err := sumdb.NewSigner(secret)
	if err != nil {
		return nil, "", fmt.Errorf("%s holds no key: %w", filepath.Base(file), err)
	}
	return s, public, nil
}

func (p *program) journalReplay() *cobra.Command {
	var size uint64
	var format, out, title string
	c := &cobra.Command{
		Use:   "replay LOG",
		Short: "Make the plan that the log held at some time",
		Long: `replay makes a plan of the entries of a log: all of them, the first so many with
--size, or those recorded by an instant or the end of a day with --known. Each
record says when it was recorded.`,
		Example: `  missions journal replay plan.log --known 2026-01-31 -o then.yaml`,
		Args:    needs(1, 1, "a log"),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := formatNamed(format, out)
			if err != nil {
				return err
			}
			j, _, err := journal.ReadFile(c.Context(), args[0], journal.Options{})
			if err != nil {
				return err
			}
			defer j.Close()
			spec, err := p.replayed(j, size, title)
			if err != nil {
				return err
			}
			text, err := planfile.Marshal(spec, f)
			if err != nil {
				return err
			}
			return p.save(out, text)
		},
	}
	c.Flags().Uint64Var(&size, "size", 0, "the first so many `ENTRIES` (default: all)")
	c.Flags().StringVar(&title, "title", "", "the `TITLE` of the plan: the log keeps records alone")
	c.Flags().StringVar(&format, "format", "", "`FORMAT` of the plan: yaml or json (default: by the name of the file, else yaml)")
	c.Flags().StringVarP(&out, "output", "o", "", "write to `FILE` (default: standard output)")
	return c
}

func (p *program) replayed(j *journal.Journal, size uint64, title string) (mission.Spec, error) {
	head := mission.Spec{Format: mission.Format, Title: title}
	if p.on != "" {
		day, err := calendar.ParseDate(p.on)
		if err != nil {
			return head, err
		}
		head.AsOf = day
	}
	if p.known != "" {
		known, err := instant(p.known)
		if err != nil {
			return head, err
		}
		n, err := j.SizeAt(known)
		if err != nil {
			return head, err
		}
		if n == 0 {
			return head, fmt.Errorf("the log has no entry recorded by %s", p.known)
		}
		if size == 0 || n < size {
			size = n
		}
	}
	spec, err := document.Replay(head, j, size, document.Options{})
	faults, ok := errors.AsType[*document.Error](err)
	if !ok {
		return spec, err
	}
	for _, f := range faults.Faults {
		p.say(p.err, "", "  ", f.Error())
	}
	return spec, errFaults
}
