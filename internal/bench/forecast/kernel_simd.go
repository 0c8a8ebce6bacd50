//go:build goexperiment.simd && amd64

package forecast

const kernel = "AVX-512"
