package accountability

import "unsafe"

// IndexBytes is what the index by which [Register.AppendHoldings] answers takes: boxes, blocks and the rows of the posts, those
// as a map of Go holds them where it is seven eighths full, and half of that.
func IndexBytes(r *Register) (least, most float64) {
	c := &r.byPost
	slot := float64(unsafe.Sizeof(struct {
		key string
		row row
	}{}))
	least = float64(len(c.boxes)) * float64(unsafe.Sizeof(box{}))
	for _, blocks := range c.levels {
		least += float64(len(blocks)) * float64(unsafe.Sizeof(summary{}))
	}
	rows := float64(len(c.keys)) * (slot + 1) * 8 / 7
	return least + rows, least + 2*rows
}
