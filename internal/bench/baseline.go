package main

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

//go:embed baseline/baseline.cpp baseline/baseline.hpp
var sources embed.FS

// compile builds the baseline in a folder, with the first C++ compiler there is; "" without one.
func compile(dir string) (string, error) {
	compiler := ""
	for _, name := range []string{os.Getenv("CXX"), "g++", "clang++", "c++"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			compiler = path
			break
		}
	}
	if compiler == "" {
		return "", nil
	}
	for _, name := range []string{"baseline.cpp", "baseline.hpp"} {
		text, err := sources.ReadFile("baseline/" + name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return "", err
		}
	}
	binary := filepath.Join(dir, "baseline")
	out, err := exec.Command(compiler, "-O3", "-march=native", "-std=c++17", "-pthread", "-o", binary, filepath.Join(dir, "baseline.cpp")).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", compiler, err, out)
	}
	return binary, nil
}

// runBaseline runs the compiled baseline on one size and returns its samples, those of the
// frozen form under "C++ frozen" and those of plain rows under "C++".
func runBaseline(ctx context.Context, binary, dir string, s size, ops []string, cpu bool, runs int) ([]sample, error) {
	plain := layered(s.nodes, s.edges, false)
	input := filepath.Join(dir, "input")
	defer os.Remove(input)
	var samples []sample
	run := func(write func(string) error, ops ...string) error {
		if len(ops) == 0 {
			return nil
		}
		if err := write(input); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
		defer cancel()
		args := append([]string{input, strconv.Itoa(runs), strconv.Itoa(runtime.GOMAXPROCS(0))}, ops...)
		if cpu {
			args = append(args, "processor-time")
		}
		out, err := exec.CommandContext(ctx, binary, args...).Output()
		if err != nil {
			return fmt.Errorf("baseline %v: %w", ops, err)
		}
		lines := bufio.NewScanner(bytes.NewReader(out))
		for lines.Scan() {
			var variant string
			x := sample{Nodes: s.nodes, Edges: s.edges, Runs: runs}
			if _, err := fmt.Sscan(lines.Text(), &x.Op, &variant, &x.Millis, &x.Least, &x.Digest, &x.Bytes); err != nil {
				return fmt.Errorf("baseline said %q: %w", lines.Text(), err)
			}
			x.Who = "C++"
			if variant == "frozen" {
				x.Who = "C++ frozen"
			}
			if x.Op == "insert" && x.Digest == "0" {
				x.Digest, x.Note = "", "stopped after 20s"
			}
			samples = append(samples, x)
		}
		return nil
	}
	var general, named, parts []string
	for _, op := range ops {
		switch op {
		case "build-string":
			named = []string{"named"}
		case "components":
			parts = []string{"components"}
		default:
			general = append(general, op)
		}
	}
	if err := run(plain.write, general...); err != nil {
		return nil, err
	}
	if len(parts) > 0 {
		kept := samples
		if err := run(layered(s.nodes, s.edges, true).write, parts...); err != nil {
			return nil, err
		}
		for _, x := range samples[len(kept):] {
			if x.Op == "components" {
				kept = append(kept, x)
			}
		}
		samples = kept
	}
	return samples, run(plain.writeNamed, named...)
}
