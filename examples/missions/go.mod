module github.com/missionled/missionled/examples/missions

go 1.26.0

require (
	github.com/goccy/go-yaml v1.19.2
	github.com/missionled/missionled v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/google/uuid v1.6.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace github.com/missionled/missionled => ../..
