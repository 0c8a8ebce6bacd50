package learning

// The internals that the tests compare with tables and slow computations.
var (
	LogBeta         = logBeta
	IncompleteBeta  = incompleteBeta
	MixtureRho      = mixtureRho
	LogNormalMix    = logNormalMixture
	LogHalfMix      = logHalfNormalMixture
	NormalUpper     = normalUpper
	NormalTail      = normalTail
	GammaTails      = gammaTails
	UnitLoss        = unitLoss
	StudentUpper    = studentUpper
	StudentTwoSided = studentTwoSided
	NearestNull     = nearestNull
	Zeta            = zeta
)
