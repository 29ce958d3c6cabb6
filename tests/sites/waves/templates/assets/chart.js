// how a chart comes to life
