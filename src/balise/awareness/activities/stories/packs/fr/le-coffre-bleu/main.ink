// « Le coffre bleu » : dans un jeu, un inconnu fait des cadeaux, puis demande un secret.
// De 8 à 10 ans : douze mots par phrase au plus, au présent.

// Les indices trouvés : leurs noms sont les codes de story.toml.
VAR gift = false
VAR day = false
VAR others = false
VAR secret = false
VAR away = false
VAR hurry = false
VAR light = false
VAR button = false

// Ce que la suite doit savoir.
VAR named = false
VAR late = false

-> chest

// Mercredi

=== chest ===
~ gift = true
# image: game-chest
# alt: Sur une tablette, un coffre bleu est ouvert au bord d’une île.
# trigger: grooming
# checkpoint
Tu t’appelles Nino. Tu joues à l’Île aux coffres. # id: chest.1
Un joueur arrive. Il s’appelle Soleil9. # id: chest.2
Il te donne un coffre bleu. Il ne demande rien. # id: chest.3 # clue: gift
+ [Dire merci, et jouer # id: chest.thanks] -> play
+ [Regarder qui est Soleil9 # id: chest.look] -> look

=== look ===
~ day = true
# image: game-page
# alt: Sur une tablette, la page d’un joueur, sans visage.
Sa page dit : « J’ai neuf ans. » # id: look.1
Lundi, à dix heures, il jouait. # id: look.2 # clue: day
Lundi, à dix heures, les enfants sont en classe. # id: look.3
C’est bizarre. Tu gardes ça en tête. # id: look.4
+ [Revenir au jeu # id: look.play] -> play

=== play ===
~ secret = true
# image: game-chat
# alt: Sur une tablette, des messages. On ne peut pas les lire.
Soleil9 est drôle. Il te donne encore un coffre. # id: play.1
Tu es mon préféré. Ne le dis à personne. # id: play.2 # speaker: Soleil9 # clue: secret
+ [Ne rien dire # id: play.quiet] -> heavy
+ [Demander pourquoi # id: play.why] -> why

=== why ===
# image: game-chat
# alt: Sur une tablette, des messages. On ne peut pas les lire.
Les autres seraient jaloux. # id: why.1 # speaker: Soleil9
Ce n’est pas une vraie raison. # id: why.2
Poser la question, c’était une bonne idée. # id: why.3
+ [Éteindre le jeu # id: why.off] -> heavy

=== heavy ===
# image: game-heavy
# alt: Le soir, un garçon est assis sur son lit, tête baissée.
# checkpoint
Le soir, tu penses au secret. # id: heavy.1
Il est lourd, comme un sac de pierres. # id: heavy.2
Ta cousine Lila dort chez toi. # id: heavy.3
+ [Le dire à Lila # id: heavy.lila] -> lila
+ [Dormir # id: heavy.sleep] -> again

=== lila ===
~ others = true
# image: game-lila
# alt: Deux enfants sont assis par terre, côte à côte, sur un tapis.
Lila t’écoute. Elle ouvre de grands yeux. # id: lila.1
Moi aussi, j’ai un coffre bleu ! # id: lila.2 # speaker: Lila
À moi aussi, il dit : « Tu es ma préférée. » # id: lila.3 # speaker: Lila # clue: others
Elle reste à côté de toi. Le sac pèse moins. # id: lila.4
+ [Dormir # id: lila.sleep] -> again

// Jeudi

=== again ===
~ away = true
# image: game-chat
# alt: Sur une tablette, des messages. On ne peut pas les lire.
# checkpoint
Jeudi, Soleil9 revient. # id: again.1
Viens parler ailleurs. Là, personne ne nous voit. # id: again.2 # speaker: Soleil9 # clue: away
+ [Répondre non # id: again.no] -> no_door
+ [Éteindre sans répondre # id: again.off] -> off
+ [Y aller # id: again.go] -> elsewhere

=== elsewhere ===
# image: game-page
# alt: Sur une tablette, la page d’un joueur, sans visage.
Tu y vas. Il demande le nom de ton école. # id: elsewhere.1
+ [Ne pas répondre # id: elsewhere.quiet] -> off
+ [Donner le nom # id: elsewhere.name] -> told_name

=== told_name ===
~ named = true
# image: game-alone
# alt: Un garçon tient une tablette. Il est assis par terre, tête baissée.
Tu écris le nom. Puis ton ventre se serre. # id: told_name.1
Ce n’est pas ta faute. Soleil9 n’avait pas à demander. # id: told_name.2
Tu peux encore le dire à un adulte. # id: told_name.3
+ [Éteindre # id: told_name.off] -> off

=== no_door ===
# image: game-alone
# alt: Un garçon tient une tablette. Il est assis par terre, tête baissée.
La scène qui vient est plus dure : Soleil9 se fâche. # id: no_door.1
Tu peux la passer. Cela ne change rien. # id: no_door.2
+ [Lire la scène # id: no_door.read] -> angry
+ [Passer la scène # id: no_door.skip] -> off

=== angry ===
# image: game-chat
# alt: Sur une tablette, des messages. On ne peut pas les lire.
# hard
Si tu parles, tu perds tous tes coffres ! # id: angry.1 # speaker: Soleil9
Tu as dit non. Tu as le droit. # id: angry.2
Un ami ne fait pas peur. # id: angry.3
+ [Éteindre # id: angry.off] -> off
+ [Passer la suite # id: angry.skip] -> off

=== off ===
~ hurry = true
# image: game-off
# alt: Dans le salon, la tablette est éteinte. Un garçon est debout à côté.
# checkpoint
L’écran est éteint. Avant, un message disait : « Vite, vite ! » # id: off.1 # clue: hurry
Un vrai ami sait attendre. # id: off.2
Tante Rosa est dans la cuisine. # id: off.3
+ [Le dire à tante Rosa # id: off.aunt] -> aunt

=== aunt ===
# image: game-aunt
# alt: Dans la cuisine, une femme a le dos tourné. Un garçon attend derrière elle.
Tante Rosa prépare le repas. # id: aunt.1
C’est juste un jeu, mon chou. Plus tard. # id: aunt.2 # speaker: Tante Rosa
Elle n’a pas bien écouté. Toi, tu as bien fait. # id: aunt.3
Quand un adulte n’écoute pas, on va en voir un autre. # id: aunt.4
+ [Le dire à maman, ce soir # id: aunt.mum] -> mum
+ [Le dire à M. Karim, ton maître # id: aunt.school] -> school
+ [Ne plus en parler # id: aunt.wait] -> saturday

// Samedi

=== saturday ===
~ late = true
# image: game-saturday
# alt: Sur un banc du parc, un garçon s’assoit à côté d’un autre.
# checkpoint
Samedi, tu n’as plus envie de jouer. # id: saturday.1
Adam, de ta classe, s’assoit près de toi. # id: saturday.2
Tu as l’air triste. Je reste là. # id: saturday.3 # speaker: Adam
Il est encore temps de parler à un adulte. # id: saturday.4
+ [Le dire à maman, en rentrant # id: saturday.mum] -> mum
+ [Le dire à M. Karim, lundi # id: saturday.school] -> school

=== school ===
~ light = true
# image: game-school
# alt: En classe, un maître est assis près d’un garçon. Il l’écoute.
# checkpoint
# help: 119
M. Karim s’assoit à côté de toi. # id: school.1
Merci. Tu n’as rien fait de mal. # id: school.2 # speaker: M. Karim
{ named:
    Tu dis aussi : « J’ai donné le nom de l’école. » # id: school.3
    Tu as bien fait de le dire. On s’en occupe. # id: school.4 # speaker: M. Karim
}
Un secret léger fait sourire. Un secret lourd se dit. # id: school.5 # speaker: M. Karim # clue: light
La loi protège les enfants. Je préviens la directrice et ta maman. # id: school.6 # speaker: M. Karim
+ {day} [Dire que Soleil9 joue à l’heure de l’école # id: school.day] -> seen
+ {others} [Demander à Lila de venir aussi # id: school.lila] -> both
+ [Attendre maman avec M. Karim # id: school.wait] -> block

=== seen ===
# image: game-seen
# alt: Au tableau, un garçon explique quelque chose à son maître.
Bien vu ! Il n’a sûrement pas neuf ans. # id: seen.1 # speaker: M. Karim
Tu as regardé, et tu as compris. C’est utile pour nous. # id: seen.2 # speaker: M. Karim
+ {others} [Demander à Lila de venir aussi # id: seen.lila] -> both
+ [Attendre maman avec M. Karim # id: seen.wait] -> block

=== both ===
# image: game-both
# alt: Deux enfants parlent à un maître assis. Il se penche vers eux.
# checkpoint
Lila raconte aussi son coffre bleu. # id: both.1
Il vous disait la même chose, à tous les deux. # id: both.2 # speaker: M. Karim
Vous avez bien fait de parler. # id: both.3 # speaker: M. Karim
Vous gardez les messages. Puis on appuie : signaler, bloquer. # id: both.4 # clue: button
~ button = true
+ [Faire un dessin pour prévenir les autres # id: both.draw] -> together
+ [Rentrer avec maman # id: both.home] -> together

=== mum ===
~ light = true
# image: game-mum
# alt: Dans la cuisine, une mère écoute son fils. Elle se penche vers lui.
# checkpoint
# help: 119
Maman pose son sac. Elle t’écoute jusqu’au bout. # id: mum.1
Merci, mon grand. Tu n’as rien fait de mal. # id: mum.2 # speaker: Maman
{ named:
    Tu dis aussi : « J’ai donné le nom de l’école. » # id: mum.3
    Tu as bien fait de le dire. J’appelle l’école demain. # id: mum.4 # speaker: Maman
}
Un secret léger fait sourire. Un secret lourd se dit. # id: mum.5 # speaker: Maman # clue: light
La loi protège les enfants. On va se faire aider. # id: mum.6 # speaker: Maman
+ [Regarder la tablette avec maman # id: mum.block] -> block
+ [Appeler le 119 avec maman # id: mum.call] -> call

=== block ===
~ button = true
# image: game-block
# alt: À table, une mère et son fils regardent une tablette ensemble.
# checkpoint
Avec maman, tu gardes les messages. # id: block.1
Puis tu appuies : signaler, bloquer. # id: block.2 # clue: button
Maman te laisse la tablette. Elle te fait confiance. # id: block.3
+ {not late} [Choisir un jeu à deux # id: block.play] -> home
+ {not late} [Inviter Lila et Adam # id: block.friends] -> light_again
+ {late} [Inviter Adam # id: block.late] -> in_time

=== call ===
~ button = true
# image: game-call
# alt: Dans la cuisine, une mère et son fils écoutent un téléphone posé sur la table.
# checkpoint
# help: 119
Une voix douce répond. Le 119 répond jour et nuit. # id: call.1
Bonjour Nino. Ce n’est pas ta faute. # id: call.2 # speaker: La voix du 119
Gardez les messages. Puis appuyez : signaler, bloquer. # id: call.3 # speaker: La voix du 119 # clue: button
+ [Dire merci # id: call.thanks] -> voice
+ [Poser une question # id: call.ask] -> question

=== question ===
# image: game-call
# alt: Dans la cuisine, une mère et son fils écoutent un téléphone posé sur la table.
Est-ce que je peux encore jouer ? # id: question.1 # speaker: Nino
Oui. Et tu peux toujours en parler à un adulte. # id: question.2 # speaker: La voix du 119
+ [Dire merci # id: question.thanks] -> voice

// Fins : le phare est allumé.

=== light_again ===
# image: game-light
# alt: Sur la jetée, trois enfants sont assis. Le phare est allumé.
# ending: light
# debrief: light
# help: 119
Soleil9 est bloqué. Des adultes s’en occupent. # id: light_again.1
Lila et Adam viennent à la mer. # id: light_again.2
Le sac de pierres est vide. # id: light_again.3
-> END

=== home ===
# image: game-home
# alt: Près d’une fenêtre, une mère et son fils jouent. Au loin, le phare est allumé.
# ending: home
# debrief: home
# help: 119
Soleil9 est bloqué. Maman a prévenu l’école. # id: home.1
Vous jouez à un jeu de cartes. Tu gagnes ! # id: home.2
Tu peux tout dire à maman. # id: home.3
-> END

=== together ===
# image: game-together
# alt: Sur la jetée, deux enfants et un adulte regardent le phare allumé.
# ending: together
# debrief: together
# help: 119
Lila et toi, vous avez parlé. Soleil9 est bloqué. # id: together.1
M. Karim montre à la classe comment demander de l’aide. # id: together.2
Personne n’a plus de secret lourd. # id: together.3
-> END

=== voice ===
# image: game-voice
# alt: Sur le quai, une mère et son fils marchent. Le phare est allumé.
# ending: voice
# debrief: voice
# help: 119
Tu connais un numéro : le 119. # id: voice.1
Maman t’a écouté. Une personne du 119 aussi. # id: voice.2
Tu dors bien. Le secret n’est plus là. # id: voice.3
-> END

=== in_time ===
# image: game-in-time
# alt: Sur le quai, deux garçons et une mère regardent la mer. Le phare est allumé.
# ending: in-time
# debrief: in-time
# help: 119
Tu as attendu. Puis tu as parlé. Bravo. # id: in_time.1
Soleil9 est bloqué. Des adultes s’en occupent. # id: in_time.2
Adam et toi, vous comptez les bateaux. # id: in_time.3
-> END
