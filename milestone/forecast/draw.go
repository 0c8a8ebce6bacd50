package forecast

import (
	"crypto/sha256"
	"encoding/binary"
)

// The draws of a simulation have no state: each is a function of the seed, of whose draw it is and of the number of the trial, so
// that any machine can make any of them, and an activity that is added or left out changes no other's. The definition is frozen, and
// golden vectors in the tests hold it:
//
//	name   = the first 8 bytes, big-endian, of SHA-256(purpose + "\x00" + text)
//	key    = mix64(mix64(seed) XOR name)
//	word   = mix64(key + (trial >> 1) * 0x9e3779b97f4a7c15), modulo 2^64
//	half   = the low 32 bits of word in even trials, the high 32 bits in odd ones
//	u      = (half >> 9 + 1/2) / 2^23
//
// mix64 is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's variant 13 of its constants). One word serves
// two trials; a simulation needs half the words that way. The 2^23 values of u lie half a step inside 0 and 1 and are exact as float32.

// drawSteps is the number of different values that a draw can take.
const drawSteps = 1 << 23

const golden = 0x9e3779b97f4a7c15

func mix64(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// The purposes of draws.
const (
	forDuration = "duration" // of an activity or milestone
	forRisk     = "risk"     // whether a risk happens
	forImpact   = "impact"   // how hard it hits
	forDriver   = "driver"   // whether a driver acts
	forStrength = "strength" // by what factor
	forFactor   = "factor"   // a common cause
)

// drawName is the part of a key that does not depend on the seed.
func drawName(purpose, text string) uint64 {
	h := sha256.Sum256([]byte(purpose + "\x00" + text))
	return binary.BigEndian.Uint64(h[:])
}

func drawKey(seed, name uint64) uint64 { return mix64(mix64(seed) ^ name) }

// drawStep returns the draw of a trial as a number from 0 to drawSteps-1.
func drawStep(key, trial uint64) uint32 {
	word := mix64(key + (trial>>1)*golden)
	return uint32(word>>(32*(trial&1))) >> 9
}

// Uniform returns the draw of a trial for a purpose and a text, greater than 0 and less than 1: what [Simulate] uses for the duration
// of activity/a1 is Uniform(seed, "duration", "activity/a1", trial). It depends on nothing else, and its definition is frozen: the first 8 bytes of SHA-256 of
// purpose, a zero byte and text name the stream, SplitMix64's finaliser mixes it with the seed and half the number of the trial, and
// 23 bits of the result are used, so that the values are (k + 1/2) / 2^23.
func Uniform(seed uint64, purpose, text string, trial uint64) float64 {
	return (float64(drawStep(drawKey(seed, drawName(purpose, text)), trial)) + 0.5) / drawSteps
}
