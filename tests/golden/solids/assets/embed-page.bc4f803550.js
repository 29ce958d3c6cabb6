const PALETTE={"#fbf7ee":"paper","#211d18":"ink","#665d50":"soft","#d8cebb":"rule","#1d3b5e":"base","#a35106":"target","#56646b":"plain","#2d2a26":"emphasis","#978c79":"faint","#d3dae3":"base-wash","#f3dcbd":"target-wash","#e2dfd6":"plain-wash","#f2ead9":"band","#c4271b":"query"};
// how a chart comes to life
// says how tall it is
