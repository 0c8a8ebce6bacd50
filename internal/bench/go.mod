module github.com/missionled/missionled/internal/bench

go 1.26.0

require (
	github.com/dominikbraun/graph v0.23.0
	github.com/heimdalr/dag v1.5.0
	github.com/missionled/missionled v0.0.0
	gonum.org/v1/gonum v0.17.0
)

require (
	github.com/emirpasic/gods v1.18.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
)

replace github.com/missionled/missionled => ../..
