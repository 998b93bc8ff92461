"""What may somebody take along of all that is kept about them, and of all that they wrote? (R27)"""
