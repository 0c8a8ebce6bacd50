package forecast

// The state is (c, x, b): what has come in since the last reading, the level (for a flow, the rate a day) and its slope a day.
// Between readings it moves in continuous time, so that irregular dates need no filling in (Harvey, Forecasting, Structural
// Time Series Models and the Kalman Filter, 1989, sections 9.1 to 9.3):
//
//	dc = x dt    dx = b dt + σ_level dW    db = σ_slope dW'
//
// Over d days that is a step by the matrix {{1, d, d²/2}, {0, 1, d}, {0, 0, 1}} with the covariances of [trendSym.noise]. A
// stock is read as x, a flow as c over its period, with an error of its own. The level, and the slope where there is one, start
// diffuse: nothing is assumed of them. The first readings are taken in by the exact diffuse recursions (Durbin and Koopman,
// Time Series Analysis by State Space Methods, 2nd ed. 2012, section 5.2), not by a large number in place of infinity.

// trendObs is a reading on the scale of the model. Days count from the start of the series.
type trendObs struct {
	start, end float64 // for a flow the half-open stretch it counts; for a stock both are its day
	y          float64
	known      float64 // variance of its error where that is stated
	stated     bool
}

// trendSym is a symmetric matrix of order three: 00, 01, 02, 11, 12, 22.
type trendSym [6]float64

// step replaces P by T P T' for a step of d days. Without cum the first row and column are nought and stay so.
func (p *trendSym) step(d float64, cum bool) {
	h := float64(float64(d*d) / 2)
	p11, p12, p22 := p[3], p[4], p[5]
	n12 := p12 + float64(d*p22)
	n11 := p11 + float64(d*p12) + float64(d*n12)
	if cum {
		b00 := p[0] + float64(d*p[1]) + float64(h*p[2])
		b01 := p[1] + float64(d*p11) + float64(h*p12)
		b02 := p[2] + float64(d*p12) + float64(h*p22)
		p[0] = b00 + float64(d*b01) + float64(h*b02)
		p[1] = b01 + float64(d*b02)
		p[2] = b02
	}
	p[3], p[4] = n11, n12
}

// noise adds the covariance of what moves the state in d days. Accumulating makes c take part, and flow is the variance a day
// of what comes in beside the rate.
func (p *trendSym) noise(d, level, slope, flow float64, cum bool) {
	d2 := float64(d * d)
	d3 := float64(d2 * d)
	half := float64(d2 * 0.5)
	if cum {
		p[0] += float64(flow*d) + float64(level*d3)/3 + float64(float64(slope*d3)*d2)/20
		p[1] += float64(level*half) + float64(float64(float64(slope*half)*d2)*0.25)
		p[2] += float64(slope*d3) / 6
	}
	p[3] += float64(level*d) + float64(slope*d3)/3
	p[4] += float64(slope * half)
	p[5] += float64(slope * d)
}

// column returns column z.
func (p *trendSym) column(z int) (a, b, c float64) {
	if z == 0 {
		return p[0], p[1], p[2]
	}
	return p[1], p[3], p[4]
}

// lessOuter subtracts s (u v' + v u')/2.
func (p *trendSym) lessOuter(s float64, u, v [3]float64) {
	half := float64(s * 0.5)
	k := 0
	for i := range 3 {
		for j := i; j < 3; j++ {
			p[k] -= float64(half * (float64(u[i]*v[j]) + float64(u[j]*v[i])))
			k++
		}
	}
}

// forget makes c nought and known.
func (p *trendSym) forget() { p[0], p[1], p[2] = 0, 0, 0 }

// trendSpace is a model with its variances: level in units² a day, slope in units² a day³, noise in units² a reading for a
// stock and units² a day for a flow.
type trendSpace struct {
	level, slope, noise float64
	linear, flow        bool
}

// trendState is what is known of the state on a day.
type trendState struct {
	a        [3]float64
	p        trendSym
	diffuse  trendSym
	unknown  int // how many directions are still diffuse
	at       float64
	logLik   float64
	squares  float64 // sum of squared standardised errors of prediction
	informed int     // how many readings were predicted from others
}

// start is the state before the first reading.
func (m *trendSpace) start(at float64) trendState {
	s := trendState{at: at, unknown: 1}
	s.diffuse[3] = 1
	if m.linear {
		s.diffuse[5] = 1
		s.unknown = 2
	}
	return s
}

// move takes the state d days on. With cum, c counts what comes in.
func (s *trendState) move(m *trendSpace, d float64, cum bool) {
	if d == 0 {
		return
	}
	if cum {
		s.a[0] += float64(d*s.a[1]) + float64(float64(float64(d*d)*0.5)*s.a[2])
	}
	s.a[1] += float64(d * s.a[2])
	s.p.step(d, cum)
	s.p.noise(d, m.level, m.slope, 0, cum)
	if s.unknown > 0 {
		s.diffuse.step(d, cum)
	}
	s.at += d
}

// half the logarithm of 2π
const halfLog2Pi = 0.91893853320467274178

// read takes in a reading of component z. The likelihood is the diffuse one: readings that only serve to start the state add
// nothing to its constant, so that it is a density of the others.
func (s *trendState) read(z int, y, h float64) {
	v := y - s.a[z]
	m0, m1, m2 := s.p.column(z)
	mp := [3]float64{m0, m1, m2}
	f := mp[z] + h
	if s.unknown > 0 {
		d0, d1, d2 := s.diffuse.column(z)
		md := [3]float64{d0, d1, d2}
		if g := md[z]; g > 0 {
			var k [3]float64
			for i := range k {
				k[i] = md[i] / g
				s.a[i] += float64(k[i] * v)
			}
			s.p.lessOuter(-f, k, k)
			s.p.lessOuter(2, k, mp)
			s.diffuse.lessOuter(g, k, k)
			s.logLik -= float64(trendLog(g) * 0.5)
			s.unknown--
			if s.unknown == 0 {
				s.diffuse = trendSym{}
			}
			return
		}
	}
	if f <= 0 {
		s.logLik -= 1e300
		return
	}
	var k [3]float64
	for i := range k {
		k[i] = mp[i] / f
		s.a[i] += float64(k[i] * v)
	}
	s.p.lessOuter(f, k, k)
	s.logLik -= halfLog2Pi + float64((trendLog(f)+float64(v*v)/f)*0.5)
	s.squares += float64(v*v) / f
	s.informed++
}

// take moves the state to a reading and takes it in.
func (s *trendState) take(m *trendSpace, o *trendObs) {
	h := o.known
	if !m.flow {
		if !o.stated {
			h = m.noise
		}
		s.move(m, o.end-s.at, false)
		s.read(1, o.y, h)
		return
	}
	if !o.stated {
		h = float64(m.noise * (o.end - o.start))
	}
	s.move(m, o.start-s.at, false)
	s.move(m, o.end-o.start, true)
	s.read(0, o.y, h)
	s.forget()
}

// forget starts counting c from nought again.
func (s *trendState) forget() {
	s.a[0] = 0
	s.p.forget()
	s.diffuse.forget()
}

// filter takes in all readings, in the order of their days, and returns the state after the last. It takes time linear in the
// readings and allocates nothing.
func (m *trendSpace) filter(obs []trendObs) trendState {
	s := m.start(obs[0].start)
	for i := range obs {
		s.take(m, &obs[i])
	}
	return s
}
