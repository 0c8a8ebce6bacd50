package gate

// ParsePolicy reads a table and returns what each package may import.
func ParsePolicy(text string) (map[string][]string, error) {
	lines, err := parsePolicy(text)
	if err != nil {
		return nil, err
	}
	allowed := make(map[string][]string)
	for name, l := range lines {
		allowed[name] = l.allowed
	}
	return allowed, nil
}
