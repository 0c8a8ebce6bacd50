//go:build !goexperiment.simd || !amd64

package forecast

const kernel = "pure Go"
