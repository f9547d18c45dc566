package schedule

// Stir wakes the loop of a daemon.
func (d *Daemon) Stir() { d.stir() }
