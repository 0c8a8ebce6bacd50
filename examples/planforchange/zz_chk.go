package main
import ("fmt";"os";"github.com/missionled/missionled/mission/document";"github.com/missionled/missionled/mission";"github.com/missionled/missionled/mission/review")
func main(){ b,_:=os.ReadFile(os.Args[1]); s,err:=document.Unmarshal(b,document.Options{}); if err!=nil{fmt.Println(err);os.Exit(1)}
m,err:=mission.Compile(s,mission.View{On:s.AsOf}); if err!=nil{fmt.Println(err);os.Exit(1)}
if len(os.Args)>2 { out,_:=document.Marshal(s); os.WriteFile(os.Args[1],out,0o644); return}
r,err:=review.Run(m,review.Options{}); fmt.Println(err); fmt.Println(r)}
